import type { Job, JobCondition, JobStatus } from '../../api/generated/batch-v1';
import type { Pod } from '../../api/generated/core-v1';
import { controllerOf, referenceTo } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { claim } from '../claim';
import { conditionOf, withCondition } from '../conditions';
import { Controller, keyOf, type RequestRefused, splitKey, type Steps } from '../controller';
import { PodControl, request, slowStartBatch, together } from '../pod-control';
import type { QueueTimer } from '../work-queue';
import { JobAccounts, jobCondition } from './accounts';
import { finishedAt, JobBackOff } from './back-off';
import { jobPod } from './create';
import { completionsReached, failureOf, type Target } from './outcome';
import { hasLimitPerIndex, waitForIndex } from './per-index';
import { indexOf, isFinishedJob, isIndexed } from './pods';
import { podsToRemove } from './removal';
import { successOf, successSaid } from './success-policy';
import { type Tally, tally } from './tally';

/** `syncJobBatchPeriod`: news of Pods waits so long, to be counted together. */
const batchPeriod = 1000;

/**
 * Runs Pods to their end and counts them.
 * Upstream: pkg/controller/job/job_controller.go
 */
export class JobController extends Controller {
  readonly watches = ['jobs.batch', 'pods'] as const;
  private readonly pods: PodControl;
  private readonly accounts: JobAccounts;
  private readonly backOff = new JobBackOff();

  constructor(context: ComponentContext<QueueTimer>) {
    // DefaultJobApiBackOff, MaxJobApiBackOff
    super('job-controller', context, { first: 1000, longest: 60_000 });
    this.pods = new PodControl(this.client, this.recorder);
    this.accounts = new JobAccounts(this.client, this.recorder, () => context.timestamp());
  }

  observe({ resource, object, previous, type }: WatchEvent): void {
    if (resource === 'jobs.batch') {
      const spec = type !== 'MODIFIED' || previous?.metadata.generation !== object.metadata.generation;
      if (spec) this.enqueue(object);
      else this.queue.addAfter(keyOf(object), batchPeriod);
      return;
    }
    const owner = controllerOf(object);
    if (owner?.kind === 'Job') this.queue.addAfter(`${object.metadata.namespace ?? ''}/${owner.name}`, batchPeriod);
  }

  protected enqueueAll(): void {
    for (const job of this.client.list('jobs.batch')) this.enqueue(job);
  }

  protected *sync(key: string): Steps {
    const [namespace, name] = splitKey(key);
    const job = this.client.get('jobs.batch', namespace, name);
    if (!job || isFinishedJob(job)) {
      if (!job) yield* this.releaseOrphans(key, namespace, name);
      return;
    }
    const pods = yield* claim(this.client, 'pods', job, job.spec?.selector ?? {}, this.client.list('pods', namespace));
    const parse = this.context.parseTime;
    const count = tally(job, pods, parse);
    const ends = (list: readonly Pod[]) => list.map((pod) => finishedAt(pod, parse));
    this.backOff.note(key, ends(count.newFailed), ends(count.newSucceeded));
    const suspended = job.spec?.suspend === true;
    const startTime = job.status?.startTime ?? (suspended ? undefined : this.context.timestamp());
    const ending =
      successSaid(job) ??
      failureOf(job, pods, count, parse(startTime), this.now) ??
      successOf(job, count.succeededIndexes);
    const { active, error } = ending ? yield* this.stop(job, count) : yield* this.manage(job, count, key);
    const target = ending ?? this.success(job, count, active);
    const conditions = target ? this.decided(job, target) : this.suspension(job, suspended);
    const started = !suspended && conditionOf(conditions, 'Suspended')?.status === 'False' && this.wasSuspended(job);
    const next: JobStatus = {
      ...job.status,
      ...(conditions ? { conditions } : {}),
      startTime: started ? this.context.timestamp() : suspended ? undefined : startTime,
      active: active || undefined,
      ready: ending || suspended ? 0 : Math.min(count.ready, active),
      terminating: count.terminating + count.active.length - Math.min(active, count.active.length),
      uncountedTerminatedPods: job.status?.uncountedTerminatedPods ?? {},
    };
    yield* this.accounts.settle(job, next, pods, count, target);
    if (error) throw error;
    this.wakeForDeadline(job, startTime, key);
  }

  /** Pods of a Job that is gone must not wait for it to count them. */
  private *releaseOrphans(key: string, namespace: string, name: string): Steps {
    this.backOff.forget(key);
    for (const pod of this.client.list('pods', namespace)) {
      const owner = controllerOf(pod);
      if (owner?.kind === 'Job' && owner.name === name) yield* this.accounts.release(pod);
    }
  }

  /** Creates and deletes Pods: `manageJob`. Returns how many are active afterwards. */
  private *manage(job: Job, count: Tally, key: string): Steps<{ active: number; error?: RequestRefused }> {
    const { completions, parallelism = 1, suspend } = job.spec ?? {};
    let active = count.active.length;
    if (job.metadata.deletionTimestamp) return { active };
    const wanted = suspend
      ? 0
      : completions === undefined
        ? count.succeeded > 0
          ? active
          : parallelism
        : Math.max(0, Math.min(parallelism, completions - count.succeeded));
    if (active > wanted) {
      const surplus = podsToRemove(job, count.active, active - wanted, this.context.parseTime);
      yield* together(surplus.map((pod) => this.deleteActive(job, pod)));
      return { active: active - surplus.length };
    }
    const waitFor = job.spec?.podReplacementPolicy === 'Failed' ? count.terminating : 0;
    const missing = wanted - active - waitFor;
    if (missing <= 0) return { active };
    const pending = isIndexed(job) ? this.freeIndexes(job, count).slice(0, missing) : [];
    const waits = hasLimitPerIndex(job)
      ? pending.map((index) => waitForIndex(count.toReplace.get(index), this.now, this.context.parseTime))
      : [this.backOff.remaining(key, this.now)];
    const wait = waits.length > 0 ? Math.min(...waits) : 0;
    if (wait > 0) {
      this.queue.addAfter(key, wait);
      // Upstream answers that none is active then, whatever runs.
      return { active: 0 };
    }
    const indexes = hasLimitPerIndex(job) ? pending.filter((_, i) => waits[i] === 0) : pending;
    const create = (index?: number) =>
      request(() => {
        this.pods.create(jobPod(job, index, index === undefined ? undefined : count.toReplace.get(index)), job);
      });
    const tasks = isIndexed(job) ? indexes.map(create) : Array.from({ length: missing }, () => create());
    const { successes, error } = yield* slowStartBatch(tasks);
    active += successes;
    return error ? { active, error } : { active };
  }

  private freeIndexes(job: Job, count: Tally): number[] {
    const taken = new Set(count.active.map(indexOf));
    return Array.from({ length: job.spec?.completions ?? 0 }, (_, i) => i).filter(
      (i) => !taken.has(i) && !count.succeededIndexes.has(i) && !count.failedIndexes.has(i),
    );
  }

  /** The Job has failed, or has succeeded early: what still runs is deleted. */
  private *stop(job: Job, count: Tally): Steps<{ active: number; error?: RequestRefused }> {
    yield* together(count.active.map((pod) => request(() => this.pods.delete(pod, job))));
    return { active: 0 };
  }

  /** A Pod too many does not count as failed, so its finalizer goes first: `deleteJobPods`. */
  private *deleteActive(job: Job, pod: Pod): Steps {
    yield* this.accounts.release(pod);
    yield* request(() => this.pods.delete(pod, job));
  }

  private success(job: Job, count: Tally, active: number): Target | undefined {
    const { completions } = job.spec ?? {};
    const done =
      completions === undefined ? count.succeeded > 0 && active === 0 : count.succeeded >= completions && active === 0;
    return done ? completionsReached : undefined;
  }

  /** `SuccessCriteriaMet` or `FailureTarget`: said first, the final condition follows when all is counted. */
  private decided(job: Job, target: Target): JobCondition[] {
    return withCondition(
      job.status?.conditions,
      jobCondition(this.context.timestamp(), target.type, 'True', target.reason, target.message),
    );
  }

  private suspension(job: Job, suspended: boolean): JobCondition[] | undefined {
    const conditions = job.status?.conditions;
    const current = conditionOf(conditions, 'Suspended');
    if (suspended === (current?.status === 'True') || (!suspended && !current)) return conditions;
    const [status, reason, message, event] = suspended
      ? ['True', 'JobSuspended', 'Job suspended', 'Suspended']
      : ['False', 'JobResumed', 'Job resumed', 'Resumed'];
    this.recorder.event(referenceTo(job), 'Normal', event ?? '', message ?? '');
    const next = jobCondition(this.context.timestamp(), 'Suspended', status ?? '', reason, message);
    // In place, not at the end: `ensureJobConditionStatus`.
    if (!current) return [...(conditions ?? []), next];
    return (conditions ?? []).map((one) => (one.type === 'Suspended' ? next : one));
  }

  private wasSuspended(job: Job): boolean {
    return conditionOf(job.status?.conditions, 'Suspended')?.status === 'True';
  }

  private wakeForDeadline(job: Job, startTime: string | undefined, key: string): void {
    const { activeDeadlineSeconds, suspend } = job.spec ?? {};
    const start = this.context.parseTime(startTime);
    if (activeDeadlineSeconds === undefined || suspend || start === undefined) return;
    const rest = start + activeDeadlineSeconds * 1000 - this.now;
    if (rest > 0) this.queue.addAfter(key, rest);
  }
}
