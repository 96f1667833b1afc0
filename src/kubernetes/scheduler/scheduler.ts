import { type ObjectReference, referenceTo } from '../api/object';
import type { WatchEvent } from '../apiserver/store';
import { parseRfc3339 } from '../clock/calendar';
import type { Millis } from '../clock/clock';
import type { Component, ComponentContext } from '../component';
import { SeriesRecorder } from '../events/series-recorder';
import { Cache } from './cache';
import { type CycleResult, schedule } from './cycle';
import { handleChange, type Listening, watchedResources } from './event-handlers';
import { explainAttempt, explainMove, explainPreemption } from './explain';
import { fitErrorText, noNodesAvailable, truncatedNote } from './fit-error';
import { Informer } from './informer';
import { defaultPlugins } from './plugins';
import { writeStatus } from './pod-status';
import { postFilter, type PostFilterResult } from './preemption/default-preemption';
import { evict } from './preemption/evict';
import { Nominations } from './preemption/nominations';
import type { QueuedPod } from './queue/queued-pod';
import { maxTimeUnschedulable, SchedulingQueue } from './queue/scheduling-queue';

/** The scheduler's timers. */
export type SchedulerTimer =
  | { readonly kind: 'cycle' }
  | { readonly kind: 'flush-backoff' }
  | { readonly kind: 'flush-unschedulable' }
  | { readonly kind: 'events' };

/** Settings that a real scheduler takes from its flags. */
export interface SchedulerOptions {
  /** Feature gate SchedulerPopFromBackoffQ. Default true. */
  readonly popFromBackoff?: boolean;
}

const schedulerName = 'default-scheduler';
const backoffTick: Millis = 1000;
const unschedulableTick: Millis = 30_000;

/**
 * kube-scheduler: takes waiting Pods one at a time, finds a node and binds, or says why not and waits for something
 * to change.
 * Upstream: pkg/scheduler/scheduler.go, schedule_one.go
 */
export class Scheduler implements Component<SchedulerTimer> {
  readonly name = 'kube-scheduler';
  readonly watches = watchedResources;
  private informer = new Informer();
  private state: Listening;
  private started: Millis = 0;
  /** Where in the node list the next cycle begins. */
  private nextNode = 0;
  private readonly armed = new Set<SchedulerTimer['kind']>();
  private events: SeriesRecorder<SchedulerTimer>;

  constructor(
    private readonly context: ComponentContext<SchedulerTimer>,
    private readonly options: SchedulerOptions = {},
  ) {
    this.state = this.freshState();
    this.events = this.freshEvents();
  }

  start(): void {
    this.started = this.context.timers.now;
    this.nextNode = 0;
    this.armed.clear();
    this.informer = new Informer();
    this.state = this.freshState();
    this.events = this.freshEvents();
    for (const change of this.informer.list(this.context.client, watchedResources)) handleChange(this.state, change);
    this.arm();
  }

  observe(event: WatchEvent): void {
    const change = this.informer.accept(event);
    if (!change) return;
    handleChange(this.state, change);
    this.arm();
  }

  fire(timer: SchedulerTimer): void {
    this.armed.delete(timer.kind);
    if (timer.kind === 'cycle') this.scheduleOne();
    else if (timer.kind === 'flush-backoff') this.state.queue.flushBackoff();
    else if (timer.kind === 'flush-unschedulable') this.state.queue.flushUnschedulable();
    else this.events.tick();
    this.arm();
  }

  private freshState(): Listening {
    const { client, timers } = this.context;
    const queue = new SchedulingQueue({
      plugins: defaultPlugins,
      popFromBackoff: this.options.popFromBackoff ?? true,
      epoch: parseRfc3339(this.context.timestamp(0)) ?? 0,
      now: () => timers.now,
      moved: (queued, event, name, cause) => this.context.decisions.record(explainMove(queued, event, name, cause)),
    });
    return { cache: new Cache(client), queue, nominations: new Nominations(), schedulerName };
  }

  private freshEvents(): SeriesRecorder<SchedulerTimer> {
    const { client, timers, world } = this.context;
    const host = world.nodes.find((node) => node.roles?.includes('control-plane'))?.name ?? 'kube-scheduler';
    return new SeriesRecorder<SchedulerTimer>({
      client,
      timers,
      wake: { kind: 'events' },
      controller: schedulerName,
      instance: `${schedulerName}-${host}`,
      microTimestamp: (at) => this.context.microTimestamp(at),
    });
  }

  /** Asks for the timers that there is a reason for, so that an idle scheduler leaves the clock alone. */
  private arm(): void {
    const { queue } = this.state;
    const { now } = this.context.timers;
    if (queue.hasWork) this.armAt('cycle', now + this.context.world.latency.schedule);
    if (queue.hasBackoff) this.armAt('flush-backoff', this.tickAfter(now, backoffTick));
    const oldest = this.armed.has('flush-unschedulable') ? undefined : queue.oldestUnschedulable;
    if (oldest !== undefined) {
      const due = Math.max(oldest + maxTimeUnschedulable, now);
      this.armAt('flush-unschedulable', this.tickAfter(due, unschedulableTick));
    }
  }

  private armAt(kind: SchedulerTimer['kind'], time: Millis): void {
    if (this.armed.has(kind)) return;
    this.armed.add(kind);
    this.context.timers.at(time, { kind });
  }

  /** Periodic work happens at whole periods since the start. */
  private tickAfter(time: Millis, period: Millis): Millis {
    return this.started + (Math.floor((time - this.started) / period) + 1) * period;
  }

  private scheduleOne(): void {
    const { cache, queue, nominations } = this.state;
    const queued = queue.pop();
    if (!queued) return;
    if (queued.pod.metadata.deletionTimestamp) {
      this.event(
        referenceTo(queued.pod),
        'Warning',
        'FailedScheduling',
        'Scheduling',
        `skip schedule deleting pod: ${queued.key}`,
      );
      return;
    }
    cache.refresh();
    const result = schedule(cache, queued.info, { start: this.nextNode, nominations });
    this.nextNode = result.next;
    if (result.kind === 'found') this.bind(queued, result);
    else this.fail(queued, result);
  }

  private bind(queued: QueuedPod, result: Extract<CycleResult, { kind: 'found' }>): void {
    const { client, decisions } = this.context;
    const { cache, queue, nominations } = this.state;
    const { namespace = '', name, uid } = queued.pod.metadata;
    // The table is about the node as it was before this Pod came.
    const decision = explainAttempt(queued.info, cache, result, {});
    const assumed = cache.putPod(queued.pod, result.node);
    nominations.remove(queued.key);
    const bound = client.bind(namespace, name, uid, result.node);
    if (!bound.ok) {
      cache.removePod(assumed.key);
      if (bound.status.code === 404) queue.delete(queued.key);
      else this.reject(queued, new Set(), 'SchedulerError', bound.status.message ?? '', undefined);
      return;
    }
    decisions.record(decision);
    queue.delete(queued.key);
    const note = `Successfully assigned ${queued.key} to ${result.node}`;
    this.event(referenceTo(queued.pod), 'Normal', 'Scheduled', 'Binding', note);
  }

  private fail(queued: QueuedPod, result: Exclude<CycleResult, { kind: 'found' }>): void {
    const { cache, nominations } = this.state;
    const { decisions, random } = this.context;
    const explain = (message: string, post?: PostFilterResult) =>
      decisions.record(explainAttempt(queued.info, cache, result, { message, postFilter: post }));
    if (result.kind === 'no-nodes') {
      explain(noNodesAvailable);
      this.reject(queued, new Set(), 'Unschedulable', noNodesAvailable, '');
      return;
    }
    const draw = (limit: number) => random.stream(`preemption/${queued.key}/${queued.refusals}`).below(limit);
    const post = postFilter(cache, result.filters, result.diagnosis, draw);
    const names = cache.nodes.map((node) => node.name);
    const message = fitErrorText(names, result.diagnosis, post.message);
    explain(message, post);
    const { candidate } = post;
    if (candidate) {
      nominations.put(queued.info, candidate.node);
      evict(this.context, nominations, queued.info, candidate, (victim, note) => {
        decisions.record(explainPreemption(victim, queued.info, candidate.node));
        this.event(referenceTo(victim.pod), 'Normal', 'Preempted', 'Preempting', note, referenceTo(queued.pod));
      });
    } else if (!post.ineligible) nominations.remove(queued.key);
    const { preFilter, refused, others } = result.diagnosis;
    const rejectedBy = new Set(
      [...refused.values(), ...[preFilter, others].filter((one) => one !== undefined)].map((one) => one.plugin),
    );
    this.reject(queued, rejectedBy, 'Unschedulable', message, candidate?.node ?? (post.ineligible ? undefined : ''));
  }

  /** Upstream: `handleSchedulingFailure` */
  private reject(
    queued: QueuedPod,
    rejectedBy: ReadonlySet<string>,
    reason: string,
    message: string,
    nominatedNodeName: string | undefined,
  ): void {
    const { client } = this.context;
    this.state.queue.putBack(queued, rejectedBy);
    this.event(referenceTo(queued.pod), 'Warning', 'FailedScheduling', 'Scheduling', truncatedNote(message));
    const condition = { type: 'PodScheduled', status: 'False', reason, message };
    writeStatus(client, queued.pod, this.context.timestamp(), { condition, nominatedNodeName });
  }

  private event(
    regarding: ObjectReference,
    type: 'Normal' | 'Warning',
    reason: string,
    action: string,
    note: string,
    related?: ObjectReference,
  ): void {
    this.events.record({ regarding, related, type, reason, action, note });
  }
}
