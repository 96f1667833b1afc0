import type { DaemonSet } from '../../api/generated/apps-v1';
import type { Node, Pod } from '../../api/generated/core-v1';
import { isPodPhaseTerminal, isPodReady } from '../pod-state';
import { eligibility, isUpdated } from './eligible';
import { byAge } from './pods-by-node';
import { updateLimits } from './update';

/** What to do on a node. */
export interface NodeChanges {
  /** Whether a Pod is missing. */
  readonly create: boolean;
  readonly remove: readonly Pod[];
  /** Pods that have failed or succeeded: they go as well, those that failed after a wait. */
  readonly ended: readonly Pod[];
}

/**
 * What a node lacks or has too much of. Upstream: pkg/controller/daemon/daemon_controller.go `podsShouldBeOnNode`
 * `hash`: of the present template.
 */
export function manageNode(
  set: DaemonSet,
  node: Node,
  pods: readonly Pod[],
  { hash, isAvailable }: { readonly hash: string; readonly isAvailable: (pod: Pod) => boolean },
): NodeChanges {
  const { shouldRun, mayStay } = eligibility(set, node);
  const living = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
  if (!mayStay) return { create: false, remove: living, ended: [] };
  const running = living.filter((pod) => !isPodPhaseTerminal(pod));
  const found = { create: shouldRun && pods.length === 0, ended: living.filter(isPodPhaseTerminal) };
  if (running.length <= 1) return { ...found, remove: [] };
  running.sort(byAge);
  if (updateLimits(set, 1).surge === 0) return { ...found, remove: running.slice(1) };
  const fresh = running.find((pod) => isUpdated(pod, set, hash));
  const old = running.find((pod) => !isUpdated(pod, set, hash));
  const surplus = running.filter((pod) => pod !== fresh && pod !== old);
  const isReplaced = fresh && old && (!isPodReady(old) || isAvailable(fresh));
  return { ...found, remove: isReplaced ? [...surplus, old] : surplus };
}
