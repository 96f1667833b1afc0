import type { Container, Pod, PodStatus } from '../api/generated/core-v1';
import { referenceTo } from '../api/object';
import { serverFacts } from '../api/versions/server-facts';
import type { Millis } from '../clock/clock';
import type { RuntimeEvent } from '../runtime/runtime';
import { activeDeadline, deadlineMessage, deadlineReason } from './active-deadline';
import type { KubeletHost } from './host';
import type { PodWorker } from './pod-worker';
import { generateStatus, kubeletOwns, mergeStatus, readyToStart } from './pod-status';
import { type Resize, withGranted } from './resize/state';
import type { StaticPods } from './static-pods';
import { terminatedStatus } from './terminated-status';

/** All that a status is made from. As long as none of it has changed there is nothing new to write. */
export interface StatusSources {
  readonly pod: Pod;
  readonly seen: RuntimeEvent;
  readonly reasons: number;
  readonly probes: number;
  readonly hostIP: string | undefined;
  readonly terminating: boolean;
  readonly resize: Resize | undefined;
}

/** What the kubelet says of its Pods in the API. Upstream: pkg/kubelet/status/status_manager.go. */
export class StatusManager {
  /** By UID: the end of a Pod that the API is not told of yet, because something of it may still run. */
  private readonly held = new Map<string, PodStatus>();

  constructor(
    private readonly host: KubeletHost,
    private readonly statics: StaticPods,
    /** Whether the API server can be reached. */
    private readonly online: () => boolean,
  ) {}

  /** The Pod as it stands in the API now, or has ended meanwhile; the one given when it is gone. */
  current(pod: Pod): Pod {
    const found = this.inApi(pod);
    const known = found && this.statics.isStatic(pod) ? { ...pod, status: found.status } : (found ?? pod);
    const end = this.held.get(pod.metadata.uid ?? '');
    return end ? { ...known, status: withPhaseOf(known.status, end) } : known;
  }

  /** Forgets a Pod of which nothing is left. */
  forget(uid: string): void {
    this.held.delete(uid);
  }

  /** Whether the API is known to say of a Pod what would be written now. */
  isCurrent({ pod, seen, reasons, written, resize }: PodWorker, terminating: boolean): boolean {
    const { hostIP, now, probes } = this.host;
    return (
      written !== undefined &&
      now < (this.deadlineOf(written.pod, written.pod.status) ?? Infinity) &&
      written.seen === seen &&
      written.reasons === reasons.changes &&
      written.probes === probes.changes &&
      written.terminating === terminating &&
      written.pod === this.current(pod) &&
      written.hostIP === hostIP &&
      written.resize === resize
    );
  }

  /** Writes what is seen of a Pod now. `terminating`: nothing of it will start again; `asking`: a sync begins with it. */
  write(worker: PodWorker, terminating: boolean, asking = false): void {
    const { host } = this;
    if (this.isCurrent(worker, terminating)) return;
    const pod = this.current(worker.pod);
    const { seen, reasons, resize } = worker;
    const { hostIP, probes, timestamp } = host;
    const sources = { pod, seen, reasons: reasons.changes, probes: probes.changes, hostIP, terminating, resize };
    const { containers, sandboxes } = seen;
    const readiness: StatusReadiness = (container, record) => probes.readiness(pod, container, record, asking);
    const { kubernetes, cgroups: version } = host.world;
    const { reportsPodResources, restartsAll } = serverFacts[kubernetes];
    const cgroups = reportsPodResources ? version : undefined;
    const verdict = terminating ? worker.verdict : undefined;
    const made = { containers, sandboxes, reasons, readiness, timestamp };
    const facts = { ...made, hostIP, terminating, cgroups, verdict, restartsAll };
    const granted = resize ? withGranted(pod, resize.allocated) : pod;
    const status = this.withDeadline(pod, generateStatus(granted, pod.status, { ...facts, resize }));
    const wrote = this.set(pod, status, worker.phase === 'syncing' || worker.phase === 'terminating');
    const isSettled = this.online() && !this.held.has(worker.uid);
    worker.written = isSettled ? this.settled(worker, sources, wrote) : undefined;
  }

  /**
   * What a status in the API is made from, once it would be made again as it stands there. What is said of a Pod's
   * resources depends on the phase that it had before, and who asks for a probed container's readiness may have it tried.
   */
  private settled(worker: PodWorker, sources: StatusSources, wrote: boolean): StatusSources | undefined {
    if (!wrote) return sources;
    const pod = this.current(worker.pod);
    if (pod === sources.pod || pod.status.phase !== sources.pod.status.phase) return undefined;
    const isProbed = pod.spec.initContainers !== undefined || pod.spec.containers.some(hasProbe);
    return isProbed ? undefined : { ...sources, pod };
  }

  /** A Pod that has been active for too long has failed, and it is told so every time (kubelet_pods.go `ShouldEvict`). */
  private withDeadline(pod: Pod, status: PodStatus): PodStatus {
    const { now, recorder } = this.host;
    const deadline = this.deadlineOf(pod, status);
    if (deadline === undefined || now < deadline) return status;
    recorder.event(referenceTo(pod), 'Normal', deadlineReason, deadlineMessage);
    return { ...status, phase: 'Failed', reason: deadlineReason, message: deadlineMessage };
  }

  /** The moment until which a Pod may be active. */
  deadlineOf(pod: Pod, status = this.current(pod).status): Millis | undefined {
    return activeDeadline(pod, status, (timestamp) => this.host.runtime.cluster.clock.parse(timestamp));
  }

  /** Tells of a new sandbox before anything runs in it. Upstream: pkg/kubelet/kubelet.go `OnPodSandboxReady`. */
  sandboxReady(pod: Pod): void {
    const { status } = this.current(pod);
    const conditions = (status.conditions ?? []).filter((one) => kubeletOwns(one));
    this.set(pod, {
      ...status,
      conditions: conditions.map((one) => (one.type === readyToStart ? { ...one, status: 'True' } : one)),
    });
  }

  /** The last word on a Pod of which nothing runs any more. */
  terminate(worker: PodWorker): void {
    const pod = this.current(worker.pod);
    const status = terminatedStatus({ ...pod, status: this.withDeadline(pod, pod.status) }, this.statics.isStatic(pod));
    this.set(pod, { ...status, conditions: (status.conditions ?? []).filter((one) => kubeletOwns(one)) });
  }

  /**
   * Writes a status, unless it says what stands there already; returns whether anything was written. `mayRun`: something
   * of the Pod may still run, and so the API does not hear of its end: others take what it holds as soon as they do.
   */
  set(pod: Pod, status: PodStatus, mayRun = false): boolean {
    const uid = pod.metadata.uid ?? '';
    const current = this.online() ? this.inApi(pod) : undefined;
    if (!current) return false;
    // pkg/kubelet/status/status_manager.go `mergePodStatus`
    const isHeld = mayRun && isEnd(status.phase) && !isEnd(current.status.phase);
    if (isHeld) this.held.set(uid, status);
    else this.held.delete(uid);
    const told = isHeld ? withPhaseOf(status, current.status) : status;
    const merged = mergeStatus(current.status, told, this.host.timestamp());
    if (!merged) return false;
    this.host.client.updateStatus('pods', { ...current, status: merged });
    return true;
  }

  /** The Pod as the API has it: of a static Pod, its mirror. */
  private inApi(pod: Pod): Pod | undefined {
    const found = this.host.client.get('pods', pod.metadata.namespace, pod.metadata.name);
    if (!found) return undefined;
    const same =
      found.metadata.uid === pod.metadata.uid || (this.statics.isStatic(pod) && this.statics.isMirror(found));
    return same ? found : undefined;
  }
}

/** A status with the phase of another one, and what that says of it. */
function withPhaseOf({ reason: _reason, message: _message, ...status }: PodStatus, other: PodStatus): PodStatus {
  const { phase, reason, message } = other;
  return {
    ...status,
    phase,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
  };
}

function isEnd(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

function hasProbe({ readinessProbe, startupProbe }: Container): boolean {
  return readinessProbe !== undefined || startupProbe !== undefined;
}

type StatusReadiness = Parameters<typeof generateStatus>[2]['readiness'];
