import { referenceTo } from '../api/object';
import type { WatchEvent } from '../apiserver/store';
import { parseRfc3339 } from '../clock/calendar';
import type { Component, ComponentContext } from '../component';
import { SeriesRecorder } from '../events/series-recorder';
import { Cache } from './cache';
import { type CycleResult, schedule } from './cycle';
import { handleChange, type Listening, watchedResources } from './event-handlers';
import type { NodeInfo } from './framework/node-info';
import { explainAttempt, explainMove, explainPreemption, type Unrecorded } from './explain';
import { fitErrorText, noNodesAvailable, truncatedNote } from './fit-error';
import type { PodInfo } from './framework/pod-info';
import { Informer } from './informer';
import { defaultPlugins } from './plugins';
import { bindingPlanOf } from './plugins/volume/binding-plan';
import { volumeBinding } from './plugins/volume/volume-binding';
import { writeStatus } from './pod-status';
import { PreBinding } from './pre-binding';
import { postFilter, type PostFilterResult } from './preemption/default-preemption';
import { evict, evictAll, evictionTime } from './preemption/evict';
import { Nominations } from './preemption/nominations';
import type { Candidate } from './preemption/select-candidate';
import type { QueuedPod } from './queue/queued-pod';
import { SchedulingQueue } from './queue/scheduling-queue';
import { type SchedulerTimer, Ticks } from './ticks';

/** Settings that a real scheduler takes from its flags. */
export interface SchedulerOptions {
  /** Feature gate SchedulerPopFromBackoffQ. Default true. */
  readonly popFromBackoff?: boolean;
}

const schedulerName = 'default-scheduler';

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
  /** Where in the node list the next cycle begins. */
  private nextNode = 0;
  /** How the last victim of a preemption under way is evicted, by its UID. A scheduler that stops leaves it alive. */
  private readonly lastVictims = new Map<string, () => void>();
  private ticks: Ticks;
  private preBinding: PreBinding;
  private events: SeriesRecorder<SchedulerTimer>;

  constructor(
    private readonly context: ComponentContext<SchedulerTimer>,
    private readonly options: SchedulerOptions = {},
  ) {
    this.state = this.freshState();
    this.events = this.freshEvents();
    this.ticks = this.freshTicks();
    this.preBinding = this.freshPreBinding();
  }

  start(): void {
    this.nextNode = 0;
    this.lastVictims.clear();
    this.preBinding = this.freshPreBinding();
    this.ticks = this.freshTicks();
    this.informer = new Informer();
    this.state = this.freshState();
    this.events = this.freshEvents();
    for (const change of this.informer.list(this.context.client, watchedResources)) handleChange(this.state, change);
    this.ticks.arm(this.state.queue);
  }

  observe(event: WatchEvent): void {
    const change = this.informer.accept(event);
    if (!change) return;
    handleChange(this.state, change);
    this.ticks.arm(this.state.queue);
  }

  fire(timer: SchedulerTimer): void {
    if (timer.kind === 'evict') {
      this.lastVictims.get(timer.victim)?.();
      this.lastVictims.delete(timer.victim);
      return;
    }
    if (timer.kind === 'pre-bind') {
      this.preBinding.poll(timer.pod);
      this.ticks.arm(this.state.queue);
      return;
    }
    this.ticks.fired(timer.kind);
    if (timer.kind === 'cycle') this.scheduleOne();
    else if (timer.kind === 'flush-backoff') this.state.queue.flushBackoff();
    else if (timer.kind === 'flush-unschedulable') this.state.queue.flushUnschedulable();
    else this.events.tick();
    this.ticks.arm(this.state.queue);
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

  private freshTicks(): Ticks {
    return new Ticks(this.context.timers, this.context.world.latency.schedule);
  }

  private freshPreBinding(): PreBinding {
    return new PreBinding(this.context.client, this.context.timers);
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

  private scheduleOne(): void {
    const { cache, queue, nominations } = this.state;
    const queued = queue.pop();
    if (!queued) return;
    if (queued.pod.metadata.deletionTimestamp) {
      this.failed(queued, `skip schedule deleting pod: ${queued.key}`);
      return;
    }
    cache.refresh();
    const { random, world } = this.context;
    const lots = world.chance === 'drawn' ? random.stream(`search/${queued.key}/${queued.refusals}`) : undefined;
    const order = lots && ((nodes: NodeInfo[]) => lots.shuffled(nodes));
    const result = schedule(cache, queued.info, { start: this.nextNode, nominations, order });
    this.nextNode = result.next;
    if (result.kind === 'found') this.place(queued, result);
    else this.fail(queued, result);
  }

  private place(queued: QueuedPod, result: Extract<CycleResult, { kind: 'found' }>): void {
    const { client, timestamp } = this.context;
    const { cache, nominations } = this.state;
    // The table is about the node as it was before this Pod came.
    const decision = explainAttempt(queued.info, cache, result, {});
    const node = cache.node(result.node)?.node;
    const plan = node && bindingPlanOf(queued.pod, node, cache.objects);
    const assumed = cache.putPod(queued.pod, result.node);
    nominations.remove(queued.key);
    if (!plan) {
      this.bind(queued, result.node, decision);
      return;
    }
    // Upstream: schedule_one.go `bindingCycle`: it says where the Pod is going before it waits for anything.
    writeStatus(client, queued.pod, timestamp(), { nominatedNodeName: result.node });
    this.preBinding.begin(queued.key, result.node, plan, (error) => {
      if (error === undefined) this.bind(queued, result.node, decision);
      else {
        cache.removePod(assumed.key);
        const message = `running PreBind plugin "${volumeBinding.name}": ${error}`;
        this.reject(queued, new Set(), 'SchedulerError', message, undefined);
      }
    });
  }

  private bind(queued: QueuedPod, node: string, decision: Unrecorded): void {
    const { client, decisions } = this.context;
    const { cache, queue } = this.state;
    const { namespace = '', name, uid } = queued.pod.metadata;
    const bound = client.bind(namespace, name, uid, node);
    if (!bound.ok) {
      cache.removePod(queued.key);
      if (bound.status.code === 404) queue.delete(queued.key);
      else this.reject(queued, new Set(), 'SchedulerError', bound.status.message ?? '', undefined);
      return;
    }
    decisions.record(decision);
    queue.delete(queued.key);
    const note = `Successfully assigned ${queued.key} to ${node}`;
    this.events.record({
      regarding: referenceTo(queued.pod),
      type: 'Normal',
      reason: 'Scheduled',
      action: 'Binding',
      note,
    });
  }

  private fail(queued: QueuedPod, result: Exclude<CycleResult, { kind: 'found' }>): void {
    const { cache, nominations } = this.state;
    const { decisions, random, world } = this.context;
    const explain = (message: string, post?: PostFilterResult) =>
      decisions.record(explainAttempt(queued.info, cache, result, { message, postFilter: post }));
    if (result.kind === 'no-nodes') {
      explain(noNodesAvailable);
      this.reject(queued, new Set(), 'Unschedulable', noNodesAvailable, '');
      return;
    }
    const lots = random.stream(`preemption/${queued.key}/${queued.refusals}`);
    const mixed = world.chance === 'drawn' ? (ties: Candidate[]) => lots.shuffled(ties) : undefined;
    const post = postFilter(cache, result.filters, result.diagnosis, (limit) => lots.below(limit), mixed);
    const names = cache.nodes.map((node) => node.name);
    const message = fitErrorText(names, result.diagnosis, post.message);
    explain(message, post);
    const { candidate } = post;
    if (candidate) {
      nominations.put(queued.info, candidate.node);
      this.preempt(queued.info, candidate);
    } else if (!post.keepsNomination) nominations.remove(queued.key);
    const { preFilter, refused, others } = result.diagnosis;
    const rejectedBy = new Set(
      [...refused.values(), ...[preFilter, others].filter((one) => one !== undefined)].map((one) => one.plugin),
    );
    this.reject(
      queued,
      rejectedBy,
      'Unschedulable',
      message,
      candidate?.node ?? (post.keepsNomination ? undefined : ''),
    );
  }

  private preempt(preemptor: PodInfo, candidate: Candidate): void {
    const preempted = (victim: PodInfo, note: string) => {
      this.context.decisions.record(explainPreemption(victim, preemptor, candidate.node));
      this.events.record({
        regarding: referenceTo(victim.pod),
        related: referenceTo(preemptor.pod),
        type: 'Normal',
        reason: 'Preempted',
        action: 'Preempting',
        note,
      });
    };
    const last = evictAll(this.context, this.state.nominations, preemptor, candidate, preempted);
    if (!last) return;
    this.lastVictims.set(last.uid, () => evict(this.context, preemptor, candidate.node, last, preempted));
    this.context.timers.after(evictionTime, { kind: 'evict', victim: last.uid });
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
    this.failed(queued, truncatedNote(message));
    const condition = { type: 'PodScheduled', status: 'False', reason, message };
    writeStatus(client, queued.pod, this.context.timestamp(), { condition, nominatedNodeName });
  }

  private failed(queued: QueuedPod, note: string): void {
    const regarding = referenceTo(queued.pod);
    this.events.record({ regarding, type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', note });
  }
}
