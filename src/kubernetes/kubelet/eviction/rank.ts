import type { Pod } from '../../api/generated/core-v1';
import { podRequests } from '../../placement/resources';
import { diskOf, type PodStats, type StatsOf } from './stats';
import type { StarvedResource } from './thresholds';

/**
 * The order in which Pods go: those that use more than they asked for, then those of lower priority, then those that are
 * furthest above what they asked for; before all others such of which nothing is known.
 * Upstream: pkg/kubelet/eviction/helpers.go `rankMemoryPressure`, `rankDiskPressureFunc`
 */
export function ranked(pods: readonly Pod[], resource: StarvedResource, stats: StatsOf): Pod[] {
  const rows = pods.map((pod) => {
    const found = stats(pod);
    const excess = found ? usedOf(found, resource) - requested(pod, resource) : Infinity;
    return { pod, excess, priority: pod.spec.priority ?? 0 };
  });
  rows.sort(
    (a, b) =>
      first(a.excess > 0, b.excess > 0) ||
      first(a.excess === Infinity, b.excess === Infinity) ||
      a.priority - b.priority ||
      (a.excess === b.excess ? 0 : b.excess - a.excess),
  );
  return rows.map(({ pod }) => pod);
}

function first(a: boolean, b: boolean): number {
  return Number(b) - Number(a);
}

function usedOf(stats: PodStats, resource: StarvedResource): number {
  return resource === 'memory' ? stats.memory : diskOf(stats);
}

function requested({ spec }: Pod, resource: StarvedResource): number {
  const { memory, ephemeralStorage } = podRequests(spec);
  return resource === 'memory' ? memory : ephemeralStorage;
}
