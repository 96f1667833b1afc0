import type { Pod } from '../../api/generated/core-v1';
import type { Millis } from '../../clock/clock';
import type { ParseTime } from '../pod-state';

/** pkg/controller/job/job_controller.go `DefaultJobPodFailureBackOff`, `MaxJobPodFailureBackOff` */
const first: Millis = 10_000;
const longest: Millis = 600_000;

/**
 * When all containers had ended; else when the Pod ceased to be ready, was deleted, was made.
 * Upstream: pkg/controller/job/backoff_utils.go `getFinishedTime`
 */
export function finishedAt({ metadata, spec, status }: Pod, parse: ParseTime): Millis {
  const sidecars = new Set(
    (spec.initContainers ?? []).filter((one) => one.restartPolicy === 'Always').map(({ name }) => name),
  );
  const containers = [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []).filter(({ name }) => sidecars.has(name)),
  ];
  const ends = containers.map(({ state }) => parse(state?.terminated?.finishedAt));
  const known = ends.filter((one) => one !== undefined);
  if (known.length > 0 && known.length === ends.length) return Math.max(...known);
  const ready = (status.conditions ?? []).find(({ type }) => type === 'Ready');
  const unready = ready?.status === 'False' ? parse(ready.lastTransitionTime) : undefined;
  if (unready !== undefined) return unready;
  const deletion = parse(metadata.deletionTimestamp);
  if (deletion !== undefined) return deletion - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return parse(metadata.creationTimestamp) ?? 0;
}

/** The wait after so many failures in a row: `getRemainingTimeForFailuresCount`. */
export function backOffAfter(failures: number): Millis {
  return failures === 0 ? 0 : Math.min(longest, first * 2 ** (failures - 1));
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
    return Math.max(0, record.last + backOffAfter(record.failures) - now);
  }

  forget(job: string): void {
    this.records.delete(job);
  }
}
