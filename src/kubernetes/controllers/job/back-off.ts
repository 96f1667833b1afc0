import type { Pod } from '../../api/generated/core-v1';
import type { Millis } from '../../clock/clock';
import type { ParseTime } from '../pod-state';

/** pkg/controller/job/job_controller.go `DefaultJobPodFailureBackOff`, `MaxJobPodFailureBackOff` */
const first: Millis = 10_000;
const longest: Millis = 600_000;

/** When a Pod's last container ended; its deletion or now, if none did. */
export function finishedAt(pod: Pod, now: Millis, parse: ParseTime): Millis {
  const times = (pod.status.containerStatuses ?? []).flatMap(
    (status) => parse(status.state?.terminated?.finishedAt) ?? [],
  );
  return times.length > 0 ? Math.max(...times) : (parse(pod.metadata.deletionTimestamp) ?? now);
}

/**
 * How long a Job waits after failures: 10 s doubling to 10 min, forgotten after a success.
 * Upstream: pkg/controller/job/backoff_utils.go
 */
export class JobBackOff {
  private readonly records = new Map<string, { failures: number; last: Millis }>();

  note(job: string, failed: readonly Millis[], succeeded: readonly Millis[]): void {
    const record = this.records.get(job) ?? { failures: 0, last: 0 };
    const success = Math.max(-1, ...succeeded);
    if (succeeded.length > 0) record.failures = 0;
    for (const time of failed.filter((one) => one > success)) {
      record.failures++;
      record.last = Math.max(record.last, time);
    }
    this.records.set(job, record);
  }

  remaining(job: string, now: Millis): Millis {
    const record = this.records.get(job);
    if (!record || record.failures === 0) return 0;
    return Math.max(0, record.last + Math.min(longest, first * 2 ** (record.failures - 1)) - now);
  }

  forget(job: string): void {
    this.records.delete(job);
  }
}
