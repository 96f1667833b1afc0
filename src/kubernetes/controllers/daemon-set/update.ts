import type { DaemonSet } from '../../api/generated/apps-v1';
import type { Pod } from '../../api/generated/core-v1';
import { scaledValue } from '../../api/int-or-percent';

/** Pods by node. */
export type PodsByNode = ReadonlyMap<string, readonly Pod[]>;

/** What an update wants next. */
export interface UpdateStep {
  readonly remove: readonly Pod[];
  readonly create: readonly string[];
}

/** `maxSurge` and `maxUnavailable` of the desired number; both round up, and 0/0 becomes one unavailable. */
export function updateLimits(set: DaemonSet, desired: number): { surge: number; unavailable: number } {
  const { rollingUpdate } = set.spec.updateStrategy ?? {};
  const surge = scaledValue(rollingUpdate?.maxSurge, desired, true);
  const unavailable = scaledValue(rollingUpdate?.maxUnavailable ?? 1, desired, true);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

interface Judge {
  readonly isUpdated: (pod: Pod) => boolean;
  readonly isAvailable: (pod: Pod) => boolean;
}

/** The one new and the one old Pod of a node; undefined when there are several of a kind. */
function pair(pods: readonly Pod[], isUpdated: Judge['isUpdated']): { fresh?: Pod; old?: Pod } | undefined {
  const living = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
  const fresh = living.filter(isUpdated);
  const old = living.filter((pod) => !isUpdated(pod));
  return fresh.length > 1 || old.length > 1 ? undefined : { fresh: fresh[0], old: old[0] };
}

/** Delete first: old Pods that are not available go for free, others as far as `maxUnavailable` allows. */
export function replaceStep(byNode: PodsByNode, maxUnavailable: number, judge: Judge): UpdateStep {
  let unavailable = 0;
  const free: Pod[] = [];
  const candidates: Pod[] = [];
  for (const pods of byNode.values()) {
    const found = pair(pods, judge.isUpdated);
    if (!found || Boolean(found.fresh) === Boolean(found.old)) unavailable++;
    else if (found.fresh) unavailable += judge.isAvailable(found.fresh) ? 0 : 1;
    else if (found.old && !judge.isAvailable(found.old)) {
      free.push(found.old);
      unavailable++;
    } else if (found.old && unavailable < maxUnavailable) candidates.push(found.old);
  }
  return { remove: [...free, ...candidates.slice(0, Math.max(0, maxUnavailable - unavailable))], create: [] };
}

/** Create first: a new Pod stands beside the old one until it is available. */
export function surgeStep(byNode: PodsByNode, maxSurge: number, judge: Judge): UpdateStep {
  let surge = 0;
  const remove: Pod[] = [];
  const free: string[] = [];
  const candidates: string[] = [];
  for (const [node, pods] of byNode) {
    const found = pair(pods, judge.isUpdated);
    if (!found) surge++;
    else if (!found.old) continue;
    else if (!found.fresh) {
      if (!judge.isAvailable(found.old)) free.push(node);
      else if (surge < maxSurge) candidates.push(node);
    } else if (judge.isAvailable(found.fresh)) remove.push(found.old);
    else surge++;
  }
  return { remove, create: [...free, ...candidates.slice(0, Math.max(0, maxSurge - surge))] };
}
