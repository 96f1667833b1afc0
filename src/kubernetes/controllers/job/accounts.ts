import type { Job, JobCondition, JobStatus } from '../../api/generated/batch-v1';
import type { Pod } from '../../api/generated/core-v1';
import { controllerOf, deepEqual, referenceTo } from '../../api/object';
import type { Client } from '../../apiserver/client';
import type { EventRecorder } from '../../component';
import { withCondition } from '../conditions';
import { accepted, type Steps } from '../controller';
import { together } from '../pod-control';
import { isPodActive, isPodTerminating } from '../pod-state';
import { nonZero } from '../replica-set/status';
import { formatIndexes } from './indexes';
import type { Target } from './outcome';
import { isFailed, isIndexed, isTracked, trackingFinalizer } from './pods';
import type { Tally } from './tally';

/** A condition as the Job controller writes it. */
export function jobCondition(timestamp: string, type: string, status: string, reason = '', message = ''): JobCondition {
  return { type, status, lastProbeTime: timestamp, lastTransitionTime: timestamp, reason, message };
}

/** Counts finished Pods into a Job's status, exactly once each, and says the last word. */
export class JobAccounts {
  constructor(
    private readonly client: Client,
    private readonly recorder: EventRecorder,
    private readonly timestamp: () => string,
  ) {}

  /**
   * Finished Pods are first noted by UID, then released from their finalizer, then counted; so none is counted twice
   * or lost. Upstream: `trackJobStatusAndRemoveFinalizers`, `flushUncountedAndRemoveFinalizers`
   */
  *settle(job: Job, status: JobStatus, pods: readonly Pod[], count: Tally, target: Target | undefined): Steps {
    // A Job that has failed counts what it ends as failed too.
    const ended = target?.type === 'FailureTarget' ? pods.filter((pod) => isTracked(pod) && isPodActive(pod)) : [];
    // `canRemoveFinalizer`: a failed Pod whose count its successor is to carry on stays until then.
    const kept = new Set(target || job.metadata.deletionTimestamp ? [] : count.toReplace.values());
    const failed = count.countedFailed.filter((pod) => !kept.has(pod));
    const uncounted = {
      succeeded: [
        ...(status.uncountedTerminatedPods?.succeeded ?? []),
        ...count.newSucceeded.map((pod) => pod.metadata.uid),
      ],
      failed: [
        ...(status.uncountedTerminatedPods?.failed ?? []),
        ...[...failed, ...ended].map((pod) => pod.metadata.uid),
      ],
    };
    if (isIndexed(job)) {
      // An index says by itself that it is counted: it needs no UID and is counted with the first write.
      if (count.succeededIndexes.size > 0) {
        status.completedIndexes = formatIndexes(count.succeededIndexes);
        status.succeeded = count.succeededIndexes.size;
      }
      uncounted.succeeded = [];
      if (job.spec?.backoffLimitPerIndex !== undefined) status.failedIndexes = formatIndexes(count.failedIndexes);
    }
    status.uncountedTerminatedPods = {
      ...(uncounted.succeeded.length > 0 ? { succeeded: uncounted.succeeded } : {}),
      ...(uncounted.failed.length > 0 ? { failed: uncounted.failed } : {}),
    };
    const live = yield* this.write(job, status);
    const finished = pods.filter(
      (pod) => isTracked(pod) && !kept.has(pod) && (target || pod.status.phase === 'Succeeded' || isFailed(job, pod)),
    );
    yield* together(finished.map((pod) => this.release(pod)));
    const counted: JobStatus = {
      ...status,
      ...nonZero('succeeded', (status.succeeded ?? 0) + uncounted.succeeded.length),
      ...nonZero('failed', (status.failed ?? 0) + uncounted.failed.length),
      uncountedTerminatedPods: {},
    };
    if (!target) {
      yield* this.write(live, counted);
      return;
    }
    // The last word waits until nothing of the Job is terminating.
    const terminating = this.client
      .list('pods', job.metadata.namespace)
      .some((pod) => controllerOf(pod)?.uid === job.metadata.uid && (isPodActive(pod) || isPodTerminating(pod)));
    if (terminating) {
      yield* this.write(live, counted);
      return;
    }
    yield* this.write(live, this.finalStatus(counted, target));
    if (target.type === 'SuccessCriteriaMet')
      this.recorder.event(referenceTo(job), 'Normal', 'Completed', 'Job completed');
    else this.recorder.event(referenceTo(job), 'Warning', target.reason ?? '', target.message ?? '');
  }

  private finalStatus(status: JobStatus, { type, reason, message }: Target): JobStatus {
    const success = type === 'SuccessCriteriaMet';
    const final = jobCondition(this.timestamp(), success ? 'Complete' : 'Failed', 'True', reason, message);
    const completionTime = success ? { completionTime: this.timestamp() } : {};
    return { ...status, ...completionTime, conditions: withCondition(status.conditions, final) };
  }

  private *write(job: Job, status: JobStatus): Steps<Job> {
    if (deepEqual(status, job.status)) return job;
    const written = this.client.updateStatus('jobs.batch', { ...job, status });
    yield;
    return accepted(written);
  }

  /** Takes the Job's finalizer off a Pod. */
  *release(pod: Pod): Steps {
    const { namespace, name, finalizers = [] } = pod.metadata;
    if (!finalizers.includes(trackingFinalizer)) return;
    const rest = finalizers.filter((one) => one !== trackingFinalizer);
    const result = this.client.patch('pods', namespace, name, {
      metadata: { finalizers: rest.length > 0 ? rest : null },
    });
    yield;
    if (!result.ok && result.status.reason !== 'NotFound') accepted(result);
  }
}
