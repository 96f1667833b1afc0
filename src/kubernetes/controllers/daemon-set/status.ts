import type { DaemonSet, DaemonSetStatus } from '../../api/generated/apps-v1';
import type { Node, Pod } from '../../api/generated/core-v1';
import { isPodReady } from '../pod-state';
import { nonZero } from '../replica-set/status';
import { eligibility, isUpdated } from './eligible';
import { byAge } from './pods-by-node';
import type { PodsByNode } from './update';

/** What a status is computed from. */
export interface Observation {
  readonly nodes: readonly Node[];
  readonly byNode: PodsByNode;
  /** Of the present template. */
  readonly hash: string;
  readonly isAvailable: (pod: Pod) => boolean;
}

/** Upstream: pkg/controller/daemon/daemon_controller.go `updateDaemonSetStatus`: of several Pods on a node the oldest counts. */
export function daemonSetStatus(set: DaemonSet, { nodes, byNode, hash, isAvailable }: Observation): DaemonSetStatus {
  const count = { current: 0, misscheduled: 0, desired: 0, ready: 0, updated: 0, available: 0 };
  for (const node of nodes) {
    const [first] = [...(byNode.get(node.metadata.name) ?? [])].sort(byAge);
    if (!eligibility(set, node).shouldRun) {
      if (first) count.misscheduled++;
      continue;
    }
    count.desired++;
    if (!first) continue;
    count.current++;
    if (isPodReady(first)) count.ready++;
    if (isAvailable(first)) count.available++;
    if (isUpdated(first, set, hash)) count.updated++;
  }
  const { collisionCount, conditions } = set.status;
  return {
    currentNumberScheduled: count.current,
    desiredNumberScheduled: count.desired,
    ...nonZero('numberAvailable', count.available),
    numberMisscheduled: count.misscheduled,
    numberReady: count.ready,
    ...nonZero('numberUnavailable', count.desired - count.available),
    observedGeneration: set.metadata.generation,
    ...nonZero('updatedNumberScheduled', count.updated),
    ...(collisionCount === undefined ? {} : { collisionCount }),
    ...(conditions ? { conditions } : {}),
  };
}
