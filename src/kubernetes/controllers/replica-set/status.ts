import type { ReplicaSet, ReplicaSetStatus } from '../../api/generated/apps-v1';
import type { Millis } from '../../clock/clock';
import { conditionOf, withCondition, withoutCondition } from '../conditions';
import { isPodAvailable, type ParseTime } from '../pod-state';
import type { Counts, SeenPod } from './seen-pods';

/** What a status is computed from. */
export interface Observation {
  readonly active: readonly SeenPod[];
  readonly counts: Readonly<Counts>;
  /** Text of the error that kept the controller from creating or deleting, if any. */
  readonly error?: string;
  readonly now: Millis;
  readonly timestamp: string;
  readonly parse: ParseTime;
}

/** Upstream: pkg/controller/replicaset/replica_set_utils.go `calculateStatus` */
export function replicaSetStatus(set: ReplicaSet, seen: Observation): ReplicaSetStatus {
  const minReady = set.spec.minReadySeconds ?? 0;
  const conditions = conditionsOf(set, seen);
  const { ready, labelled, terminating } = seen.counts;
  const isAvailable = ({ pod }: SeenPod) => isPodAvailable(pod, minReady, seen.now, seen.parse);
  const available = minReady === 0 ? ready : seen.active.filter((one) => one.ready && isAvailable(one)).length;
  const status: ReplicaSetStatus = { replicas: seen.active.length };
  if (labelled !== 0) status.fullyLabeledReplicas = labelled;
  if (ready !== 0) status.readyReplicas = ready;
  if (available !== 0) status.availableReplicas = available;
  status.terminatingReplicas = terminating;
  const { generation } = set.metadata;
  if (generation !== undefined) status.observedGeneration = generation;
  if (conditions) status.conditions = conditions;
  return status;
}

function conditionsOf(set: ReplicaSet, { active, error, timestamp }: Observation) {
  const { conditions } = set.status;
  const failure = conditionOf(conditions, 'ReplicaFailure');
  if (error !== undefined && !failure) {
    const missing = active.length < (set.spec.replicas ?? 1);
    const reason = missing ? 'FailedCreate' : 'FailedDelete';
    return withCondition(conditions, {
      type: 'ReplicaFailure',
      status: 'True',
      lastTransitionTime: timestamp,
      reason,
      message: error,
    });
  }
  return error === undefined && failure ? withoutCondition(conditions, 'ReplicaFailure') : conditions;
}

/** A field that `omitempty` leaves out when it is 0. */
export function nonZero<K extends string>(field: K, value: number): { [field in K]?: number } {
  if (value === 0) return {};
  // A computed key widens to string; the key is K by construction.
  return { [field]: value } as { [field in K]: number };
}
