import type { Pod } from '../api/generated/core-v1';
import type { RandomStream } from '../clock/random';
import type { Millis } from '../clock/clock';
import type { Task, Wait } from '../clock/task';
import type { RuntimeEvent } from '../runtime/runtime';
import type { IdleSync } from './idle-sync';
import type { Resize } from './resize/state';
import type { StatusSources } from './status-manager';
import { WaitingReasons } from './waiting-reasons';

/** Why the kubelet itself ends a Pod: what its status says then. */
export interface Verdict {
  readonly reason: string;
  readonly message: string;
  /** What its condition `DisruptionTarget` says, if it goes for the sake of others. */
  readonly disruption?: string;
}

export type WorkerPhase = 'syncing' | 'terminating' | 'terminated' | 'finished';

/**
 * What the kubelet remembers of one Pod between syncs. All of it can be rebuilt from the API and the runtime, the
 * waits of back-offs excepted, as upstream. Upstream: pkg/kubelet/pod_workers.go.
 */
export interface PodWorker {
  readonly uid: string;
  /** The Pod as last seen. */
  pod: Pod;
  phase: WorkerPhase;
  /** The UID of the static Pod of the same name that has to end before this one begins. */
  after: string | undefined;
  /** Whether its removal from the API is on the way or done. */
  deleted: boolean;
  /** Seconds of grace that a deletion gives. */
  grace: number | undefined;
  /** Why the kubelet ends it of its own accord. */
  verdict: Verdict | undefined;
  /** Told when nothing of it runs any more. */
  killed: (() => void) | undefined;
  /** The Pod's containers, as the runtime last reported them. */
  seen: RuntimeEvent;
  /** The end of its last sync: the next one needs a look at the runtime that is newer. Undefined before the first. */
  lastSync: Millis | undefined;
  /** When its containers were last looked at on its own behalf. */
  lookedAt: Millis;
  /** The moment of the look that is asked for. */
  nextLook: Millis | undefined;
  /** The moment of the last regular look that found a change. */
  found: Millis | undefined;
  /** The moment of the last look out of turn. */
  ownLook: Millis | undefined;
  /** Whether it is to go on as soon as it has been looked at. */
  waitsForLook: boolean;
  readonly reasons: WaitingReasons;
  /** What the status in the API is made from; undefined when that has not been looked at since it was written. */
  written: StatusSources | undefined;
  /** What its volumes were found to be there with: the Pod's spec, and the last changes of what they are made from. */
  mounted: { readonly spec: Pod['spec']; readonly configMaps: number; readonly secrets: number } | undefined;
  /** Its last sync, if that came to nothing but waits. */
  idle: IdleSync | undefined;
  /** What has become of new resources that were asked for; undefined as long as they are as the Pod began. */
  resize: Resize | undefined;
  task: Task<void> | undefined;
  wait: Wait;
  /** Counts turns of the task, so that a timer of an earlier one does nothing. */
  turn: number;
  /** Something happened while a sync was running. */
  pending: boolean;
  /** The timer of the next regular sync. */
  timer: number | undefined;
  /** What is drawn by lot for this Pod: how far its waits are stretched. */
  readonly lots: RandomStream;
}

export function newWorker(pod: Pod, seen: RuntimeEvent, lots: RandomStream): PodWorker {
  return {
    uid: pod.metadata.uid ?? '',
    pod,
    phase: 'syncing',
    after: undefined,
    deleted: false,
    grace: undefined,
    verdict: undefined,
    killed: undefined,
    seen,
    lastSync: undefined,
    lookedAt: -Infinity,
    nextLook: undefined,
    found: undefined,
    ownLook: undefined,
    waitsForLook: false,
    reasons: new WaitingReasons(),
    written: undefined,
    mounted: undefined,
    idle: undefined,
    resize: undefined,
    task: undefined,
    wait: {},
    turn: 0,
    pending: false,
    timer: undefined,
    lots,
  };
}
