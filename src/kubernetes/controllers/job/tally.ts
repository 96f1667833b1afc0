import type { Job } from '../../api/generated/batch-v1';
import type { Pod } from '../../api/generated/core-v1';
import { isPodActive, isPodReady, isPodTerminating, type ParseTime } from '../pod-state';
import { finishedAt } from './back-off';
import { matchFailurePolicy } from './failure-policy';
import { parseIndexes } from './indexes';
import { endsIndex, hasLimitPerIndex, podsToReplace } from './per-index';
import { indexOf, isFailed, isIndexed, isTracked } from './pods';

/** What one sync counts. */
export interface Tally {
  readonly active: readonly Pod[];
  readonly ready: number;
  readonly terminating: number;
  /** Finished Pods that no status has counted yet. */
  readonly newSucceeded: readonly Pod[];
  readonly newFailed: readonly Pod[];
  /** Failed Pods among them that the policy does not ignore. */
  readonly countedFailed: readonly Pod[];
  readonly succeeded: number;
  readonly failed: number;
  /** Of an Indexed Job. */
  readonly succeededIndexes: ReadonlySet<number>;
  readonly failedIndexes: ReadonlySet<number>;
  /** Failed Pods that wait for their successor, by index: they are not counted before. */
  readonly toReplace: ReadonlyMap<number, Pod>;
}

export function tally(job: Job, pods: readonly Pod[], parse: ParseTime): Tally {
  const { succeeded = 0, failed = 0, uncountedTerminatedPods: uncounted } = job.status ?? {};
  const known = new Set([...(uncounted?.succeeded ?? []), ...(uncounted?.failed ?? [])]);
  const fresh = pods.filter((pod) => isTracked(pod) && !known.has(pod.metadata.uid));
  const newSucceeded = fresh.filter((pod) => pod.status.phase === 'Succeeded');
  const newFailed = fresh.filter((pod) => isFailed(job, pod));
  const countedFailed = newFailed.filter((pod) => matchFailurePolicy(job, pod)?.action !== 'Ignore');
  const succeededIndexes = parseIndexes(job.status?.completedIndexes);
  for (const pod of pods) if (pod.status.phase === 'Succeeded') addIndex(job, succeededIndexes, pod);
  const active = pods.filter(isPodActive);
  const failedOnes = failedIndexes(job, pods);
  const activeIndexes = new Set(active.map(indexOf));
  const settled = (index: number) => succeededIndexes.has(index) || failedOnes.has(index) || activeIndexes.has(index);
  return {
    active,
    ready: active.filter(isPodReady).length,
    terminating: pods.filter(isPodTerminating).length,
    newSucceeded,
    newFailed,
    countedFailed,
    succeeded: isIndexed(job)
      ? succeededIndexes.size
      : succeeded + newSucceeded.length + (uncounted?.succeeded?.length ?? 0),
    failed: failed + countedFailed.length + (uncounted?.failed?.length ?? 0),
    succeededIndexes,
    failedIndexes: failedOnes,
    toReplace: podsToReplace(job, pods, settled, (pod) => finishedAt(pod, parse)),
  };
}

/** Indexes that have used up `backoffLimitPerIndex`. */
function failedIndexes(job: Job, pods: readonly Pod[]): Set<number> {
  const out = parseIndexes(job.status?.failedIndexes);
  if (!hasLimitPerIndex(job)) return out;
  for (const pod of pods) {
    const index = indexOf(pod);
    if (index === undefined || index >= (job.spec?.completions ?? 0)) continue;
    if (isTracked(pod) && endsIndex(job, pod)) out.add(index);
  }
  return out;
}

function addIndex(job: Job, indexes: Set<number>, pod: Pod): void {
  const index = indexOf(pod);
  if (isIndexed(job) && index !== undefined && index < (job.spec?.completions ?? 0)) indexes.add(index);
}
