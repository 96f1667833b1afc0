import type { Pod } from '../../api/generated/core-v1';
import type { KubeObject } from '../../api/object';
import type { Millis } from '../../clock/clock';
import {
  type ClusterEvent,
  clusterEvent,
  concerns,
  type EventRegistration,
  queueingHints,
  unschedulableTimeout,
} from '../framework/cluster-event';
import type { Plugin } from '../framework/plugin';
import { PodInfo, podKey } from '../framework/pod-info';
import { BackoffQueue } from './backoff-queue';
import { Heap } from './heap';
import { podChanges } from './pod-changes';
import { beforeInQueue, QueuedPod, type QueueName } from './queued-pod';

/** How long a Pod stays aside when nothing happens that concerns it. */
export const maxTimeUnschedulable: Millis = 5 * 60_000;

/** What moved a Pod: an event of the cluster or of the queue's own. */
type Wake = Pick<ClusterEvent, 'label' | 'old' | 'new'>;

export interface QueueOptions {
  readonly plugins: readonly Plugin[];
  readonly popFromBackoff: boolean;
  /** Wall-clock milliseconds of virtual time 0. */
  readonly epoch: number;
  now(): Millis;
  /** Told of every move of a Pod, as the real scheduler logs it; `cause` is the object something happened to. */
  moved(pod: QueuedPod, event: string, queue: QueueName, cause?: KubeObject): void;
}

/**
 * Pods that wait for a node: ready to be tried (active), refused and worth another try soon (back-off), refused and
 * not worth one until something happens that a plugin thinks may help (unschedulable, gated Pods among them).
 * Upstream: pkg/scheduler/backend/queue/scheduling_queue.go
 */
export class SchedulingQueue {
  private readonly active = new Heap<QueuedPod>(beforeInQueue);
  private readonly backoff: BackoffQueue;
  private readonly unschedulable = new Set<QueuedPod>();
  private readonly known = new Map<string, QueuedPod>();
  private readonly registrations: ReadonlyMap<string, readonly EventRegistration[]>;
  private added = 0;

  constructor(private readonly options: QueueOptions) {
    this.backoff = new BackoffQueue(options.popFromBackoff, options.epoch);
    this.registrations = new Map(options.plugins.map(({ name, events }) => [name, queueingHints(events ?? [])]));
  }

  /** Whether `pop` would give a Pod. */
  get hasWork(): boolean {
    return this.active.size > 0 || this.backoff.hasEarly;
  }

  /** Whether that Pod has been refused before. */
  get retriesNext(): boolean {
    const next = this.active.peek();
    return next ? next.refusals > 0 : this.backoff.hasEarly;
  }

  get hasBackoff(): boolean {
    return this.backoff.size > 0;
  }

  /** When the Pod that has been aside longest was put there; gated Pods are not flushed. */
  get oldestUnschedulable(): Millis | undefined {
    let oldest: Millis | undefined;
    for (const { timestamp, gated } of this.unschedulable) {
      if (!gated && (oldest === undefined || timestamp < oldest)) oldest = timestamp;
    }
    return oldest;
  }

  add(pod: Pod): void {
    const queued = new QueuedPod(pod, this.options.now(), this.added++);
    this.known.set(queued.key, queued);
    this.activate(queued, { label: 'UnschedulablePodAdd', new: pod });
  }

  /** A waiting Pod was changed; some changes make it worth another try. */
  update(old: Pod, pod: Pod): void {
    const queued = this.known.get(podKey(pod));
    if (!queued) {
      this.add(pod);
      return;
    }
    queued.info = new PodInfo(pod);
    if (!this.unschedulable.has(queued)) {
      if (this.active.has(queued)) this.active.add(queued);
      return;
    }
    for (const action of podChanges(old, pod)) {
      const event = clusterEvent('UnschedulablePod', action, old, pod);
      if (!this.isWorthRetrying(queued, event)) continue;
      const queue = this.requeue(queued, event);
      // The real scheduler logs this move twice: where it is decided, and where the update is handled.
      if (queue !== 'Unschedulable') this.options.moved(queued, event.label, queue, pod);
      return;
    }
  }

  delete(key: string): void {
    const queued = this.known.get(key);
    if (!queued) return;
    this.known.delete(key);
    this.active.remove(queued);
    this.backoff.remove(queued);
    this.unschedulable.delete(queued);
  }

  /** The next Pod to try. With nothing active, one is taken out of its back-off early. */
  pop(): QueuedPod | undefined {
    const next = this.active.pop() ?? this.backoff.popFirst();
    if (next) next.backoffEnd = undefined;
    return next;
  }

  /** Puts a Pod back after a failed attempt. Without a plugin that refused it, it is tried again after a back-off. */
  putBack(queued: QueuedPod, rejectedBy: ReadonlySet<string>): void {
    queued.rejectedBy = rejectedBy;
    queued.timestamp = this.options.now();
    queued.backoffEnd = undefined;
    if (rejectedBy.size > 0) {
      queued.refusals++;
      queued.errors = 0;
      this.unschedulable.add(queued);
      this.options.moved(queued, 'ScheduleAttemptFailure', 'Unschedulable');
      return;
    }
    queued.errors++;
    this.backoff.add(queued);
    this.options.moved(queued, 'ScheduleAttemptFailure', 'Backoff');
  }

  /** Something happened: every Pod it may help gets another try. */
  move(event: ClusterEvent): void {
    if (this.unschedulable.size === 0) return;
    for (const queued of [...this.unschedulable]) {
      if (this.isWorthRetrying(queued, event)) this.requeue(queued, event);
    }
  }

  /** Pods whose back-off is over become active. */
  flushBackoff(): void {
    for (const queued of this.backoff.popCompleted(this.options.now()))
      this.activate(queued, { label: 'BackoffComplete' });
  }

  /** Pods for which nothing has happened for five minutes are tried all the same. */
  flushUnschedulable(): void {
    const now = this.options.now();
    for (const queued of [...this.unschedulable]) {
      if (!queued.gated && now - queued.timestamp > maxTimeUnschedulable) {
        this.requeue(queued, unschedulableTimeout);
      }
    }
  }

  /** Upstream: `isPodWorthRequeuing` */
  private isWorthRetrying(queued: QueuedPod, event: ClusterEvent): boolean {
    if (queued.rejectedBy.size === 0) return true;
    for (const plugin of queued.rejectedBy) {
      const registrations = this.registrations.get(plugin) ?? [];
      if (registrations.some((one) => concerns(one, event) && (one.hint?.(queued.info, event) ?? true))) return true;
    }
    return false;
  }

  /** Upstream: `requeuePodWithQueueingStrategy` */
  private requeue(queued: QueuedPod, event: Wake): QueueName {
    this.unschedulable.delete(queued);
    if (this.backoff.isBackingOff(queued, this.options.now())) {
      this.backoff.add(queued);
      this.options.moved(queued, event.label, 'Backoff', event.new ?? event.old);
      return 'Backoff';
    }
    return this.activate(queued, event);
  }

  /** Upstream: `moveToActiveQ` */
  private activate(queued: QueuedPod, event: Wake): QueueName {
    for (const plugin of this.options.plugins) {
      if (!plugin.preEnqueue?.(queued.info)) continue;
      queued.gated = true;
      queued.rejectedBy = new Set([plugin.name]);
      this.unschedulable.add(queued);
      this.options.moved(queued, event.label, 'Unschedulable', event.new ?? event.old);
      return 'Unschedulable';
    }
    queued.gated = false;
    this.active.add(queued);
    this.options.moved(queued, event.label, 'Active', event.new ?? event.old);
    return 'Active';
  }
}
