import type { ObjectReference } from '../api/object';
import type { Container } from '../api/generated/core-v1';
import type { Millis } from '../clock/clock';
import type { KubeletHost } from './host';
import type { PodWorker } from './pod-worker';
import { backOffEvent } from './start-container';
import type { StatusSources } from './status-manager';
import type { SyncOutcome } from './sync-pod';

/**
 * A sync that came to nothing but containers waiting for the end of their back-off. Until the first of these waits is
 * over, or anything that the sync looked at has become something else, the next one comes to the same.
 */
export interface IdleSync {
  readonly sources: StatusSources;
  readonly until: Millis;
  readonly outcome: SyncOutcome;
  readonly told: readonly { readonly about: ObjectReference; readonly message: string }[];
}

/** What to remember of a sync in which `waiting` did not start; undefined where the next one may come to something else. */
export function idleSync(worker: PodWorker, waiting: readonly Container[], outcome: SyncOutcome): IdleSync | undefined {
  const { errors } = outcome;
  const { written: sources } = worker;
  if (!sources || waiting.length === 0 || errors.length !== waiting.length) return undefined;
  const { pod } = sources;
  const { initContainers, imagePullSecrets, activeDeadlineSeconds, volumes } = pod.spec;
  if (volumes?.some(({ image }) => image)) return undefined;
  if (initContainers?.length || imagePullSecrets?.length || activeDeadlineSeconds !== undefined) return undefined;
  let until = Infinity;
  for (const error of errors) {
    if (error.kind !== 'back-off' || error.until === undefined) return undefined;
    until = Math.min(until, error.until);
  }
  return { sources, until, outcome, told: waiting.map((one) => backOffEvent(pod, one)) };
}

/** The same once more, as far as it can be told from outside; undefined where a sync has to look for itself. */
export function repeatIdle(host: KubeletHost, worker: PodWorker): SyncOutcome | undefined {
  const { idle, mounted } = worker;
  if (!idle || host.now >= idle.until || idle.sources !== worker.written) return undefined;
  const { spec } = idle.sources.pod;
  if (!host.statuses.isCurrent(worker, false) || !(spec.hostNetwork || host.networkReady)) return undefined;
  if (mounted?.configMaps !== host.client.lastChange('configmaps')) return undefined;
  if (mounted.secrets !== host.client.lastChange('secrets')) return undefined;
  for (const { about, message } of idle.told) host.recorder.event(about, 'Warning', 'BackOff', message);
  return idle.outcome;
}
