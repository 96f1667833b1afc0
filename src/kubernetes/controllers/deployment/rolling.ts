import type { Deployment, ReplicaSet } from '../../api/generated/apps-v1';
import { scaledValue } from '../../api/int-or-percent';

/** `maxSurge` and `maxUnavailable` in Pods. */
export interface Fenceposts {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * Surge rounds up, unavailable rounds down; if both come to 0, one Pod may be unavailable, else nothing could move.
 * Upstream: pkg/controller/deployment/util/deployment_util.go `ResolveFenceposts`
 */
export function resolveFenceposts(
  maxSurge: string | number | undefined,
  maxUnavailable: string | number | undefined,
  desired: number,
): Fenceposts {
  const surge = scaledValue(maxSurge, desired, true);
  const unavailable = scaledValue(maxUnavailable, desired, false);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** How many Pods a Deployment wants. */
export function desiredReplicas(deployment: Deployment): number {
  return deployment.spec.replicas ?? 1;
}

/** Whether old Pods go as new ones come. */
export function isRollingUpdate(deployment: Deployment): boolean {
  return deployment.spec.strategy?.type !== 'Recreate';
}

/** `MaxSurge`: 0 with Recreate. */
export function maxSurge(deployment: Deployment): number {
  if (!isRollingUpdate(deployment)) return 0;
  const { rollingUpdate } = deployment.spec.strategy ?? {};
  return resolveFenceposts(rollingUpdate?.maxSurge, rollingUpdate?.maxUnavailable, desiredReplicas(deployment)).surge;
}

/** `MaxUnavailable`: 0 with Recreate or without replicas, never more than there are replicas. */
export function maxUnavailable(deployment: Deployment): number {
  const desired = desiredReplicas(deployment);
  if (!isRollingUpdate(deployment) || desired === 0) return 0;
  const { rollingUpdate } = deployment.spec.strategy ?? {};
  return Math.min(
    desired,
    resolveFenceposts(rollingUpdate?.maxSurge, rollingUpdate?.maxUnavailable, desired).unavailable,
  );
}

/** How many Pods a ReplicaSet is to have. */
export function sizeOf(set: ReplicaSet): number {
  return set.spec.replicas ?? 1;
}

/** Upstream `GetReplicaCountForReplicaSets`. */
export function totalSize(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + sizeOf(set), 0);
}

/** Upstream `GetAvailableReplicaCountForReplicaSets`. */
export function totalAvailable(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + (set.status.availableReplicas ?? 0), 0);
}

/** How large the new ReplicaSet may be now: `NewRSNewReplicas`. `all` includes it. */
export function newReplicaSetSize(deployment: Deployment, all: readonly ReplicaSet[], newSize: number): number {
  const desired = desiredReplicas(deployment);
  if (!isRollingUpdate(deployment)) return desired;
  const allowed = desired + maxSurge(deployment);
  const total = totalSize(all);
  if (total >= allowed) return newSize;
  return newSize + Math.min(allowed - total, desired - newSize);
}

/** How many old Pods may go, counting those that are not available at all: `reconcileOldReplicaSets`. */
export function scaleDownBudget(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  newSet: ReplicaSet | undefined,
): number {
  const minAvailable = desiredReplicas(deployment) - maxUnavailable(deployment);
  const newUnavailable = newSet ? sizeOf(newSet) - (newSet.status.availableReplicas ?? 0) : 0;
  return totalSize(all) - minAvailable - newUnavailable;
}
