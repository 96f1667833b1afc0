import type { Millis, Timers } from '../clock/clock';

/**
 * The timers of a controller: `work` takes a key out of the queue, `wait` puts a delayed one in, `round` does both for a
 * key that nobody else adds.
 */
export interface QueueTimer {
  readonly kind: 'work' | 'wait' | 'round';
  readonly key: string;
}

/** First and longest delay of the per-key back-off. */
export interface BackOff {
  readonly first: Millis;
  readonly longest: Millis;
}

/** client-go `DefaultTypedControllerRateLimiter` */
const defaultBackOff: BackOff = { first: 5, longest: 1_000_000 };
/** From the moment a key is ready to the moment a worker has taken it. */
const pickUpTime: Millis = 1;
/** How long one write keeps a worker busy; news about its key wait meanwhile. */
const writeTime: Millis = 5;

/** What is known of a key. */
interface KeyState {
  /** It is in the queue. */
  dirty: boolean;
  /** Until when the worker that had it last rests. */
  busyUntil: Millis;
  /** The delay under way: when it ends, and its timer. */
  waitsUntil: Millis;
  timer: number | undefined;
  /** In a row. */
  failures: number;
}

/**
 * A rate-limited work queue on virtual time. A key is in it at most once, is never worked on twice at a time, and
 * after failures comes back after 5 ms, 10 ms, 20 ms … 1000 s.
 * Upstream: staging/src/k8s.io/client-go/util/workqueue
 */
export class WorkQueue {
  private readonly keys = new Map<string, KeyState>();

  constructor(
    private readonly timers: Timers<QueueTimer>,
    private readonly backOff: BackOff = defaultBackOff,
  ) {}

  add(key: string): void {
    const state = this.stateOf(key);
    if (state.dirty) return;
    state.dirty = true;
    this.timers.at(Math.max(state.busyUntil, this.timers.now + pickUpTime), { kind: 'work', key });
  }

  /** Adds `key` after `delay`; of several delays for one key the shortest counts. */
  addAfter(key: string, delay: Millis): void {
    if (delay <= 0) {
      this.add(key);
      return;
    }
    const at = this.timers.now + Math.ceil(delay);
    const state = this.stateOf(key);
    if (state.timer !== undefined) {
      if (state.waitsUntil <= at) return;
      this.timers.cancel(state.timer);
    }
    state.waitsUntil = at;
    state.timer = this.timers.at(at, { kind: 'wait', key });
  }

  /** Adds `key`, which nobody else adds and which is worked on now, for the next round. */
  addRound(key: string, period: Millis): void {
    this.stateOf(key).timer = this.timers.after(period + pickUpTime, { kind: 'round', key });
  }

  /** Adds `key` after its back-off, which doubles with every call until `forget`. */
  addRateLimited(key: string): void {
    const state = this.stateOf(key);
    this.addAfter(key, Math.min(this.backOff.longest, this.backOff.first * 2 ** state.failures++));
  }

  forget(key: string): void {
    const state = this.keys.get(key);
    if (state) state.failures = 0;
  }

  /** How often in a row `key` has failed. */
  requeues(key: string): number {
    return this.keys.get(key)?.failures ?? 0;
  }

  /** A timer of this queue has come due: returns the key to work on, if it is one of `work`. */
  take(timer: QueueTimer): string | undefined {
    const state = this.stateOf(timer.key);
    if (timer.kind !== 'work') state.timer = undefined;
    if (timer.kind === 'wait' || (timer.kind === 'round' && state.busyUntil > this.timers.now)) {
      this.add(timer.key);
      return undefined;
    }
    state.dirty = false;
    return timer.key;
  }

  /** A worker is done with `key` after so many writes. In virtual time they were all made at once; now it rests. */
  done(key: string, writes: number): void {
    const state = this.stateOf(key);
    state.busyUntil = writes === 0 ? 0 : this.timers.now + writes * writeTime;
    const isIdle = !state.dirty && writes === 0 && state.timer === undefined && state.failures === 0;
    // The last one stays: a map that is emptied again and again is made anew each time.
    if (isIdle && this.keys.size > 1) this.keys.delete(key);
  }

  /** What a restart forgets. */
  clear(): void {
    for (const { timer } of this.keys.values()) if (timer !== undefined) this.timers.cancel(timer);
    this.keys.clear();
  }

  private stateOf(key: string): KeyState {
    const known = this.keys.get(key);
    if (known) return known;
    const state = { dirty: false, busyUntil: 0, waitsUntil: 0, timer: undefined, failures: 0 };
    this.keys.set(key, state);
    return state;
  }
}
