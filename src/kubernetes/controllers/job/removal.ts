import type { Job } from '../../api/generated/batch-v1';
import type { Pod } from '../../api/generated/core-v1';
import { isPodReady, type ParseTime, podCondition } from '../pod-state';
import { indexOf, isIndexed } from './pods';

const phases: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/**
 * Which active Pods go when there are `surplus` too many; of an Indexed Job also those whose index another one has, or
 * that have none that counts. Upstream: pkg/controller/job/job_controller.go `activePodsForRemoval`
 */
export function podsToRemove(job: Job, active: readonly Pod[], surplus: number, parse: ParseTime): Pod[] {
  const order = (a: Pod, b: Pod) => removalOrder(a, b, parse);
  const removed: Pod[] = [];
  let left = [...active];
  if (isIndexed(job)) {
    const byIndex = Map.groupBy(active, indexOf);
    left = [];
    for (const [index, pods] of [...byIndex].sort(([a = -1], [b = -1]) => a - b)) {
      const kept = index !== undefined && index < (job.spec?.completions ?? 0) ? 1 : 0;
      const sorted = [...pods].sort(order);
      removed.push(...sorted.slice(0, sorted.length - kept));
      left.push(...sorted.slice(sorted.length - kept));
    }
  }
  const missing = Math.max(0, surplus - removed.length);
  return [...removed, ...left.sort(order).slice(0, missing)];
}

/** pkg/controller/controller_utils.go `ActivePods.Less`: the first to go in front. */
function removalOrder(a: Pod, b: Pod, parse: ParseTime): number {
  const differences = [
    Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)),
    (phases[a.status.phase ?? ''] ?? 0) - (phases[b.status.phase ?? ''] ?? 0),
    Number(isPodReady(a)) - Number(isPodReady(b)),
    isPodReady(a) && isPodReady(b) ? later(parse(readySince(a)), parse(readySince(b))) : 0,
    restarts(b) - restarts(a),
    later(parse(a.metadata.creationTimestamp), parse(b.metadata.creationTimestamp)),
  ];
  return differences.find((difference) => difference !== 0) ?? 0;
}

function readySince(pod: Pod): string | undefined {
  return podCondition(pod, 'Ready')?.lastTransitionTime;
}

function restarts(pod: Pod): number {
  return Math.max(0, ...(pod.status.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}

function later(a: number | undefined, b: number | undefined): number {
  return (b ?? 0) - (a ?? 0);
}
