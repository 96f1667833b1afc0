import { isoSecondsAt, parseRfc3339 } from './calendar';
import { pop, push } from './timer-heap';

/** Virtual milliseconds since the cluster's start. Whole numbers only. */
export type Millis = number;

/** A timer as it lies in the queue: data, so that a cluster can be written down and continued elsewhere. */
export interface Timer {
  readonly id: number;
  readonly at: Millis;
  readonly component: string;
  readonly payload: unknown;
}

/** One component's view of the queue; `P` is the union of its own payloads. */
export interface Timers<P> {
  readonly now: Millis;
  /** Fires `payload` at `component` after `delay` (0 or more) milliseconds; returns an id for `cancel`. */
  after(delay: Millis, payload: P): number;
  at(time: Millis, payload: P): number;
  cancel(id: number): void;
}

/**
 * Virtual time and the one event queue. Equal times fire in the order in which they were asked for.
 * Nothing here reads a real clock: time moves only when somebody takes the next timer.
 */
export class Clock {
  private current: Millis;
  private nextId = 1;
  private readonly heap: Timer[] = [];
  private readonly cancelled = new Set<number>();
  /** The last timestamp that was written out: many are asked for in one moment. */
  private written: { readonly at: Millis; readonly text: string } = { at: NaN, text: '' };

  /**
   * `epoch`: the real-world date of virtual time 0, in milliseconds since 1970, as the world names it. `start`: the
   * moment at which time begins; below 0 for a cluster that has been running when the story begins.
   */
  constructor(
    readonly epoch: number,
    readonly start: Millis = 0,
  ) {
    this.current = start;
  }

  get now(): Millis {
    return this.current;
  }

  /** RFC 3339 with seconds, as the API server writes `metav1.Time`. */
  timestamp(at: Millis = this.current): string {
    if (at !== this.written.at) this.written = { at, text: `${isoSecondsAt(this.epoch + at)}Z` };
    return this.written.text;
  }

  /** RFC 3339 with microseconds, as `metav1.MicroTime` is written. */
  microTimestamp(at: Millis = this.current): string {
    const millis = this.epoch + at;
    const fraction = ((Math.floor(millis) % 1000) + 1000) % 1000;
    return `${isoSecondsAt(millis)}.${String(fraction).padStart(3, '0')}000Z`;
  }

  /** Virtual time of a timestamp; undefined when the text is none. */
  parse(timestamp: string | undefined): Millis | undefined {
    const millis = timestamp === undefined ? undefined : parseRfc3339(timestamp);
    return millis === undefined ? undefined : millis - this.epoch;
  }

  timers<P>(component: string): Timers<P> {
    return new ComponentTimers(this, component);
  }

  /** When the next timer is due, or undefined when the queue is empty. */
  nextAt(): Millis | undefined {
    this.dropCancelled();
    return this.heap[0]?.at;
  }

  /** Takes the next timer out of the queue, unless it is due after `until`, and moves time to it. */
  take(until: Millis = Infinity): Timer | undefined {
    this.dropCancelled();
    const next = this.heap[0];
    if (next === undefined || next.at > until) return undefined;
    pop(this.heap);
    if (next.at > this.current) this.current = next.at;
    return next;
  }

  /** Moves time forward to `time` without firing anything; the caller has taken every timer due before. */
  moveTo(time: Millis): void {
    this.current = Math.max(this.current, time);
  }

  /** Fires `payload` at `component` at a time that is not over, to the millisecond. */
  schedule(time: Millis, component: string, payload: unknown): number {
    const timer = { id: this.nextId++, at: Math.round(time), component, payload };
    push(this.heap, timer);
    return timer.id;
  }

  cancel(id: number): void {
    this.cancelled.add(id);
  }

  private dropCancelled(): void {
    if (this.cancelled.size === 0) return;
    while (this.heap[0] && this.cancelled.delete(this.heap[0].id)) pop(this.heap);
  }
}

class ComponentTimers<P> implements Timers<P> {
  constructor(
    private readonly clock: Clock,
    private readonly component: string,
  ) {}

  get now(): Millis {
    return this.clock.now;
  }

  after(delay: Millis, payload: P): number {
    return this.clock.schedule(this.clock.now + Math.max(0, delay), this.component, payload);
  }

  at(time: Millis, payload: P): number {
    return this.clock.schedule(Math.max(this.clock.now, time), this.component, payload);
  }

  cancel(id: number): void {
    this.clock.cancel(id);
  }
}
