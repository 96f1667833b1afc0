import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../../api/generated/apps-v1';
import type { Millis } from '../../clock/clock';
import { conditionOf, withCondition, withoutCondition } from '../conditions';
import type { ParseTime } from '../pod-state';
import { desiredReplicas, maxUnavailable, totalAvailable, totalSize } from './rolling';

/** Now, as numbers and as text. */
export interface Moment {
  readonly now: Millis;
  readonly timestamp: string;
  readonly parse: ParseTime;
}

/** 2147483647 stands for "no deadline": `HasProgressDeadline`. */
export function hasProgressDeadline(deployment: Deployment): boolean {
  const { progressDeadlineSeconds } = deployment.spec;
  return progressDeadlineSeconds !== undefined && progressDeadlineSeconds !== 2147483647;
}

/** Upstream `NewDeploymentCondition`. */
export function newCondition(
  moment: Moment,
  type: string,
  status: string,
  reason: string,
  message: string,
): DeploymentCondition {
  const { timestamp } = moment;
  return { type, status, lastUpdateTime: timestamp, lastTransitionTime: timestamp, reason, message };
}

function sum(sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number | undefined): number {
  return sets.reduce((total, set) => total + (count(set) ?? 0), 0);
}

/** Upstream: pkg/controller/deployment/sync.go `calculateStatus` */
export function deploymentStatus(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  newSet: ReplicaSet | undefined,
  moment: Moment,
): DeploymentStatus {
  const available = totalAvailable(all);
  const enough = available >= desiredReplicas(deployment) - maxUnavailable(deployment);
  const condition = enough
    ? newCondition(moment, 'Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.')
    : newCondition(
        moment,
        'Available',
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
      );
  const { collisionCount, conditions } = deployment.status;
  const { generation } = deployment.metadata;
  const replicas = sum(all, (set) => set.status.replicas);
  const updated = newSet?.status.replicas ?? 0;
  const ready = sum(all, (set) => set.status.readyReplicas);
  const unavailable = Math.max(0, totalSize(all) - available);
  // What `omitempty` leaves out when it is 0 is added only when it is not.
  const status: DeploymentStatus = {};
  if (generation !== undefined) status.observedGeneration = generation;
  if (replicas !== 0) status.replicas = replicas;
  if (updated !== 0) status.updatedReplicas = updated;
  if (ready !== 0) status.readyReplicas = ready;
  if (available !== 0) status.availableReplicas = available;
  if (unavailable !== 0) status.unavailableReplicas = unavailable;
  status.terminatingReplicas = sum(all, (set) => set.status.terminatingReplicas);
  if (collisionCount !== undefined) status.collisionCount = collisionCount;
  status.conditions = withCondition(conditions, condition);
  return status;
}

/** `DeploymentComplete`: all updated, all available, nothing old left, and this generation seen. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const desired = desiredReplicas(deployment);
  return (
    (status.updatedReplicas ?? 0) === desired &&
    (status.replicas ?? 0) === desired &&
    (status.availableReplicas ?? 0) === desired &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

/** `DeploymentProgressing`: something moved in the right direction since the stored status. */
function isProgressing({ status: before }: Deployment, now: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (now.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(now) < old(before) ||
    (now.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (now.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** `DeploymentTimedOut`: no progress for `progressDeadlineSeconds`; never once the rollout has ended well. */
function hasTimedOut(deployment: Deployment, status: DeploymentStatus, { now, parse }: Moment): boolean {
  const progressing = conditionOf(status.conditions, 'Progressing');
  if (!hasProgressDeadline(deployment) || !progressing) return false;
  if (progressing.reason === 'NewReplicaSetAvailable') return false;
  if (progressing.reason === 'ProgressDeadlineExceeded') return true;
  const from = parse(progressing.lastUpdateTime) ?? now;
  return from + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000 < now;
}

/**
 * The status after a step of a rollout, with its Progressing and ReplicaFailure conditions.
 * Upstream: pkg/controller/deployment/progress.go `syncRolloutStatus`
 */
export function rolloutStatus(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  newSet: ReplicaSet | undefined,
  moment: Moment,
): DeploymentStatus {
  const status = deploymentStatus(deployment, all, newSet, moment);
  let { conditions } = status;
  const current = conditionOf(deployment.status.conditions, 'Progressing');
  const ended =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === 'NewReplicaSetAvailable';
  if (!hasProgressDeadline(deployment)) conditions = withoutCondition(conditions, 'Progressing');
  else if (!ended) {
    const what = newSet ? `ReplicaSet "${newSet.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
    const progressing = (state: string, reason: string, text: string) =>
      newCondition(moment, 'Progressing', state, reason, `${what} ${text}`);
    if (isComplete(deployment, status)) {
      const condition = progressing('True', 'NewReplicaSetAvailable', 'has successfully progressed.');
      conditions = withCondition(conditions, condition);
    } else if (isProgressing(deployment, status)) {
      const condition = progressing('True', 'ReplicaSetUpdated', 'is progressing.');
      const kept = current?.status === 'True' ? { lastTransitionTime: current.lastTransitionTime } : {};
      conditions = [...(withoutCondition(conditions, 'Progressing') ?? []), { ...condition, ...kept }];
    } else if (hasTimedOut(deployment, status, moment)) {
      const condition = progressing('False', 'ProgressDeadlineExceeded', 'has timed out progressing.');
      conditions = withCondition(conditions, condition);
    }
  }
  const failure = replicaFailure(all, newSet);
  conditions = failure ? withCondition(conditions, failure) : withoutCondition(conditions, 'ReplicaFailure');
  return { ...status, conditions: conditions ?? [] };
}

/** A ReplicaSet's failure, the new one's first: `getReplicaFailures`. */
function replicaFailure(all: readonly ReplicaSet[], newSet: ReplicaSet | undefined): DeploymentCondition | undefined {
  const of = (set: ReplicaSet) => conditionOf(set.status.conditions, 'ReplicaFailure');
  const found = (newSet && of(newSet)) ?? all.flatMap((set) => of(set) ?? [])[0];
  // lastUpdateTime: `ReplicaSetToDeploymentCondition` takes the transition's.
  return found && { ...found, lastUpdateTime: found.lastTransitionTime };
}
