import type { CronJob, Job } from '../../api/generated/batch-v1';
import { controllerOf, deepEqual, type Draft, type KubeObject, referenceTo } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import { parseRfc3339 } from '../../clock/calendar';
import type { ComponentContext } from '../../component';
import { accepted, Controller, splitKey } from '../controller';
import { isFinishedJob } from '../job/pods';
import { controllerReference } from '../pod-control';
import type { QueueTimer } from '../work-queue';
import { Schedule } from './schedule';
import { isTimeZone } from './time-zone';

/** `nextScheduleDelta`: a Job is made a moment after its minute has begun. */
const delta = 100;

type ActiveReference = NonNullable<NonNullable<CronJob['status']>['active']>[number];

/**
 * Makes Jobs by the clock.
 * Upstream: pkg/controller/cronjob/cronjob_controllerv2.go
 */
export class CronJobController extends Controller {
  readonly watches = ['cronjobs.batch', 'jobs.batch'] as const;

  constructor(context: ComponentContext<QueueTimer>) {
    super('cronjob-controller', context);
  }

  observe({ resource, object }: WatchEvent): void {
    if (resource === 'cronjobs.batch') {
      this.enqueue(object);
      return;
    }
    const owner = controllerOf(object);
    if (owner?.kind === 'CronJob') this.queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
  }

  protected enqueueAll(): void {
    for (const cron of this.client.list('cronjobs.batch')) this.enqueue(cron);
  }

  protected sync(key: string): undefined {
    const [namespace, name] = splitKey(key);
    const stored = this.client.get('cronjobs.batch', namespace, name);
    if (!stored || stored.metadata.deletionTimestamp) return;
    const jobs = this.client
      .list('jobs.batch', namespace)
      .filter((job) => controllerOf(job)?.uid === stored.metadata.uid);
    this.cleanUp(stored, jobs);
    const cron = this.followJobs(stored, jobs);
    const schedule = this.scheduleOf(cron);
    if (schedule) this.runSchedule(key, cron, schedule);
    const latest = this.client.get('cronjobs.batch', namespace, name);
    if (latest && !deepEqual(cron.status, latest.status)) {
      accepted(this.client.updateStatus('cronjobs.batch', { ...latest, status: cron.status }));
    }
  }

  /** The schedule to follow now; none of a CronJob that is suspended or cannot be read. */
  private scheduleOf(cron: CronJob): Schedule | undefined {
    const { schedule: text = '', timeZone, suspend } = cron.spec ?? {};
    if (timeZone !== undefined && !isTimeZone(timeZone)) {
      const message = `invalid timeZone: ${JSON.stringify(timeZone)}: unknown time zone ${timeZone}`;
      this.recorder.event(referenceTo(cron), 'Warning', 'UnknownTimeZone', message);
      return undefined;
    }
    if (suspend) return undefined;
    const schedule = Schedule.parse(text, timeZone);
    if (!schedule) {
      const message = `unparseable schedule: ${JSON.stringify(text)} : it is no schedule`;
      this.recorder.event(referenceTo(cron), 'Warning', 'UnparseableSchedule', message);
    }
    return schedule;
  }

  /** Takes finished Jobs off the list of active ones: the first part of `syncCronJob`. */
  private followJobs(cron: CronJob, jobs: readonly Job[]): CronJob {
    let active: ActiveReference[] = [...(cron.status?.active ?? [])];
    let { lastSuccessfulTime } = cron.status ?? {};
    for (const job of jobs) {
      const listed = active.some((one) => one.uid === job.metadata.uid);
      if (!listed && !isFinishedJob(job)) {
        const message = `Saw a job that the controller did not create or forgot: ${job.metadata.name}`;
        this.recorder.event(referenceTo(cron), 'Warning', 'UnexpectedJob', message);
      } else if (listed && isFinishedJob(job)) {
        const ended = job.status?.conditions?.find(
          (one) => ['Complete', 'Failed'].includes(one.type) && one.status === 'True',
        );
        active = active.filter((one) => one.uid !== job.metadata.uid);
        const message = `Saw completed job: ${job.metadata.name}, condition: ${ended?.type ?? ''}`;
        this.recorder.event(referenceTo(cron), 'Normal', 'SawCompletedJob', message);
        const { completionTime } = job.status ?? {};
        if (ended?.type === 'Complete' && completionTime && completionTime > (lastSuccessfulTime ?? ''))
          lastSuccessfulTime = completionTime;
      }
    }
    for (const one of active) {
      if (jobs.some((job) => job.metadata.uid === one.uid)) continue;
      active = active.filter((other) => other !== one);
      this.recorder.event(referenceTo(cron), 'Normal', 'MissingJob', `Active job went missing: ${one.name ?? ''}`);
    }
    return withStatus(cron, { ...cron.status, active, lastSuccessfulTime });
  }

  private runSchedule(key: string, cron: CronJob, schedule: Schedule): void {
    const now = this.epochNow();
    const from = Math.max(this.epochOf(cron.status?.lastScheduleTime), this.epochOf(cron.metadata.creationTimestamp));
    let missed: number | undefined;
    let next = schedule.next(from);
    while (next !== undefined && next <= now) {
      missed = next;
      next = schedule.next(next);
    }
    if (next !== undefined) this.queue.addAfter(key, next - now + delta);
    if (missed === undefined) return;
    const deadline = cron.spec?.startingDeadlineSeconds;
    if (deadline !== undefined && missed + deadline * 1000 < now) {
      const message = `Missed scheduled time to start a job: ${this.dateText(missed)}`;
      this.recorder.event(referenceTo(cron), 'Warning', 'MissSchedule', message);
      return;
    }
    this.startJob(cron, missed);
  }

  private startJob(cron: CronJob, scheduled: number): void {
    const active = cron.status?.active ?? [];
    const about = referenceTo(cron);
    const policy = cron.spec?.concurrencyPolicy;
    const name = `${cron.metadata.name}-${Math.floor(scheduled / 60_000)}`;
    if (active.some((one) => one.name === name)) return;
    if (policy === 'Forbid' && active.length > 0) {
      const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
      this.recorder.event(about, 'Normal', 'JobAlreadyActive', message);
      return;
    }
    if (policy === 'Replace') for (const one of active) this.deleteJob(cron, one.name ?? '');
    const result = this.client.create('jobs.batch', this.draft(cron, name, scheduled));
    if (!result.ok && result.status.reason !== 'AlreadyExists') {
      this.recorder.event(about, 'Warning', 'FailedCreate', `Error creating job: ${result.status.message ?? ''}`);
      accepted(result);
    }
    if (!result.ok) return;
    this.recorder.event(about, 'Normal', 'SuccessfulCreate', `Created job ${name}`);
    const { apiVersion, kind, metadata } = result.object;
    const { namespace, uid, resourceVersion } = metadata;
    const kept = policy === 'Replace' ? [] : active;
    const status = {
      ...cron.status,
      active: [...kept, { apiVersion, kind, name, namespace, resourceVersion, uid }],
      lastScheduleTime: this.dateText(scheduled),
    };
    accepted(this.client.updateStatus('cronjobs.batch', withStatus(cron, status)));
    cron.status = withStatus(cron, status).status;
  }

  private draft(cron: CronJob, name: string, scheduled: number): Draft<Job> {
    const { metadata, spec } = cron.spec?.jobTemplate ?? {};
    const annotations = {
      ...metadata?.annotations,
      'batch.kubernetes.io/cronjob-scheduled-timestamp': this.dateText(scheduled),
    };
    return {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name,
        namespace: cron.metadata.namespace,
        ...(metadata?.labels ? { labels: { ...metadata.labels } } : {}),
        annotations,
        ownerReferences: [controllerReference(cron)],
      },
      spec: structuredClone(spec ?? { template: {} }),
    };
  }

  /** Deletes the oldest finished Jobs beyond the history limits. */
  private cleanUp(cron: CronJob, jobs: readonly Job[]): void {
    const limits = [
      ['Complete', cron.spec?.successfulJobsHistoryLimit],
      ['Failed', cron.spec?.failedJobsHistoryLimit],
    ] as const;
    for (const [type, limit] of limits) {
      if (limit === undefined) continue;
      const ended = jobs
        .filter((job) => job.status?.conditions?.some((one) => one.type === type && one.status === 'True'))
        .sort((a, b) => ((a.status?.startTime ?? '') < (b.status?.startTime ?? '') ? -1 : 1));
      for (const job of ended.slice(0, Math.max(0, ended.length - limit))) this.deleteJob(cron, job.metadata.name);
    }
  }

  private deleteJob(cron: CronJob, name: string): void {
    const result = this.client.delete('jobs.batch', cron.metadata.namespace, name, { propagationPolicy: 'Background' });
    if (result.ok) this.recorder.event(referenceTo(cron), 'Normal', 'SuccessfulDelete', `Deleted job ${name}`);
  }

  private epochNow(): number {
    return this.epochOf(this.context.microTimestamp());
  }

  private epochOf(timestamp: string | undefined): number {
    return timestamp === undefined ? 0 : (parseRfc3339(timestamp) ?? 0);
  }

  private dateText(epoch: number): string {
    return this.context.timestamp(this.now + (epoch - this.epochNow()));
  }
}

function withStatus(cron: CronJob & KubeObject, status: NonNullable<CronJob['status']>): CronJob {
  const { active, lastScheduleTime, lastSuccessfulTime } = status;
  return {
    ...cron,
    status: {
      ...(active && active.length > 0 ? { active } : {}),
      ...(lastScheduleTime ? { lastScheduleTime } : {}),
      ...(lastSuccessfulTime ? { lastSuccessfulTime } : {}),
    },
  };
}
