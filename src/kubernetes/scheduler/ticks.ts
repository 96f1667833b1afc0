import type { Millis, Timers } from '../clock/clock';
import { maxTimeUnschedulable, type SchedulingQueue } from './queue/scheduling-queue';

/** The scheduler's timers; all but those that stand for one Pod are there once at most. */
export type SchedulerTimer =
  | { readonly kind: 'evict'; readonly victim: string }
  | { readonly kind: 'pre-bind'; readonly pod: string }
  | { readonly kind: 'cycle' }
  | { readonly kind: 'flush-backoff' }
  | { readonly kind: 'flush-unschedulable' }
  | { readonly kind: 'events' };

type Kind = Exclude<SchedulerTimer['kind'], 'evict' | 'pre-bind'>;

// pkg/scheduler/backend/queue/scheduling_queue.go `Run`
const backoffPeriod: Millis = 1000;
const unschedulablePeriod: Millis = 30_000;
/**
 * A cycle right after another one, for a Pod that was refused before. New Pods of a batch, which are here created at once,
 * come into a real queue one after another, as the API server answers: they keep the longer time between them.
 */
const retryCycle: Millis = 2;

/**
 * Asks for the timers that there is a reason for, so that an idle scheduler leaves the clock alone. What a real one
 * does periodically happens here at the same moments: whole periods after the start.
 */
export class Ticks {
  private readonly armed = new Set<Kind>();
  private readonly started: Millis;
  /** When the last cycle ended. */
  private ended: Millis = -1;

  /** `cycle`: from a Pod's coming into an empty queue to the end of its scheduling cycle. */
  constructor(
    private readonly timers: Timers<SchedulerTimer>,
    private readonly cycle: Millis,
  ) {
    this.started = timers.now;
  }

  fired(kind: Kind): void {
    this.armed.delete(kind);
    if (kind === 'cycle') this.ended = this.timers.now;
  }

  arm(queue: SchedulingQueue): void {
    const { now } = this.timers;
    if (queue.hasWork)
      this.armAt(
        'cycle',
        now + (this.ended === now && queue.retriesNext ? Math.min(retryCycle, this.cycle) : this.cycle),
      );
    if (queue.hasBackoff) this.armAt('flush-backoff', this.after(now, backoffPeriod));
    const oldest = this.armed.has('flush-unschedulable') ? undefined : queue.oldestUnschedulable;
    if (oldest === undefined) return;
    const due = Math.max(oldest + maxTimeUnschedulable, now);
    this.armAt('flush-unschedulable', this.after(due, unschedulablePeriod));
  }

  private armAt(kind: Kind, time: Millis): void {
    if (this.armed.has(kind)) return;
    this.armed.add(kind);
    this.timers.at(time, { kind });
  }

  private after(time: Millis, period: Millis): Millis {
    return this.started + (Math.floor((time - this.started) / period) + 1) * period;
  }
}
