import type { Job, JobCondition } from '../../api/generated/batch-v1';
import type { Pod } from '../../api/generated/core-v1';
import type { Millis } from '../../clock/clock';
import { conditionOf } from '../conditions';
import { matchFailurePolicy } from './failure-policy';
import { hasLimitPerIndex } from './per-index';
import { isFailed } from './pods';
import type { Tally } from './tally';

export type Target = Pick<JobCondition, 'type' | 'reason' | 'message'>;

export const completionsReached: Target = {
  type: 'SuccessCriteriaMet',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
};

/** Why a Job has failed, if it has; the first reason counts. Upstream: pkg/controller/job/job_controller.go `syncJob` */
export function failureOf(
  job: Job,
  pods: readonly Pod[],
  count: Tally,
  start: Millis | undefined,
  now: Millis,
): Target | undefined {
  const decided = conditionOf(job.status?.conditions, 'FailureTarget');
  if (decided) return decided;
  const failure = (reason: string, message: string): Target => ({ type: 'FailureTarget', reason, message });
  for (const pod of pods) {
    const verdict = isFailed(job, pod) ? matchFailurePolicy(job, pod) : undefined;
    if (verdict?.action === 'FailJob') return failure('PodFailurePolicy', verdict.message);
  }
  const limit = job.spec?.backoffLimit ?? 6;
  if (count.failed > limit || restarts(job, pods) > limit) {
    return failure('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  }
  const deadline = job.spec?.activeDeadlineSeconds;
  if (deadline !== undefined && start !== undefined && now - start >= deadline * 1000) {
    return failure('DeadlineExceeded', 'Job was active longer than specified deadline');
  }
  if (!hasLimitPerIndex(job) || count.failedIndexes.size === 0) return undefined;
  const most = job.spec?.maxFailedIndexes;
  if (most !== undefined && count.failedIndexes.size > most) {
    return failure('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes');
  }
  const done = count.failedIndexes.size + count.succeededIndexes.size >= (job.spec?.completions ?? 0);
  return done ? failure('FailedIndexes', 'Job has failed indexes') : undefined;
}

/** `pastBackoffLimitOnFailure`: with OnFailure the containers' restarts count. */
function restarts(job: Job, pods: readonly Pod[]): number {
  if (job.spec?.template.spec?.restartPolicy !== 'OnFailure') return 0;
  return pods
    .filter((pod) => pod.status.phase === 'Running' || pod.status.phase === 'Pending')
    .flatMap((pod) => [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])])
    .reduce((sum, status) => sum + status.restartCount, 0);
}
