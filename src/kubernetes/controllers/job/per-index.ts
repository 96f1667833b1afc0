import type { Job } from '../../api/generated/batch-v1';
import type { Pod } from '../../api/generated/core-v1';
import type { Millis } from '../../clock/clock';
import type { ParseTime } from '../pod-state';
import { backOffAfter, finishedAt } from './back-off';
import { matchFailurePolicy } from './failure-policy';
import { indexOf, isFailed, isTracked } from './pods';

/*
 * `backoffLimitPerIndex`: every index fails and waits by itself. How often it has failed stands in an annotation of its
 * Pod, so a failed Pod is kept until its successor is there to carry the count on.
 * Upstream: pkg/controller/job/indexed_job_utils.go
 */

const failureCount = 'batch.kubernetes.io/job-index-failure-count';
const ignoredFailureCount = 'batch.kubernetes.io/job-index-ignored-failure-count';

/** Whether every number may fail as often as it likes, up to a limit of its own. */
export function hasLimitPerIndex(job: Job): boolean {
  return job.spec?.backoffLimitPerIndex !== undefined;
}

/** `isIndexFailed`: this Pod's failure was one too many for its index. */
export function endsIndex(job: Job, pod: Pod): boolean {
  if (!isFailed(job, pod)) return false;
  const action = matchFailurePolicy(job, pod)?.action;
  if (action === 'FailIndex') return true;
  return action !== 'Ignore' && countOf(pod, failureCount) >= (job.spec?.backoffLimitPerIndex ?? 0);
}

/** The last failed Pod of every index that has no successor yet: `getPodsWithDelayedDeletionPerIndex`. */
export function podsToReplace(
  job: Job,
  pods: readonly Pod[],
  settled: (index: number) => boolean,
  ended: (pod: Pod) => Millis,
): Map<number, Pod> {
  const out = new Map<number, Pod>();
  if (!hasLimitPerIndex(job)) return out;
  for (const pod of pods) {
    const index = indexOf(pod);
    if (index === undefined || index >= (job.spec?.completions ?? 0)) continue;
    if (!isTracked(pod) || !isFailed(job, pod) || settled(index)) continue;
    const last = out.get(index);
    if (!last || (failuresOf(last) <= failuresOf(pod) && ended(pod) >= ended(last))) out.set(index, pod);
  }
  return out;
}

/** How long the successor of a failed Pod has to wait: `getRemainingTimePerIndex`. */
export function waitForIndex(replaced: Pod | undefined, now: Millis, parse: ParseTime): Millis {
  if (!replaced) return 0;
  return Math.max(0, finishedAt(replaced, parse) + backOffAfter(failuresOf(replaced) + 1) - now);
}

/** The annotations with which a successor carries the counts on: `addIndexFailureCountAnnotation`. */
export function failureAnnotations(job: Job, replaced: Pod | undefined): Record<string, string> {
  if (!replaced) return { [failureCount]: '0' };
  const ignored = matchFailurePolicy(job, replaced)?.action === 'Ignore';
  const failures = countOf(replaced, failureCount) + (ignored ? 0 : 1);
  const others = countOf(replaced, ignoredFailureCount) + (ignored ? 1 : 0);
  return { [failureCount]: String(failures), ...(others > 0 ? { [ignoredFailureCount]: String(others) } : {}) };
}

function failuresOf(pod: Pod): number {
  return countOf(pod, failureCount) + countOf(pod, ignoredFailureCount);
}

function countOf(pod: Pod, annotation: string): number {
  const count = Number(pod.metadata.annotations?.[annotation] ?? 0);
  return Number.isInteger(count) && count > 0 ? count : 0;
}
