import type { Millis, Timers } from '../clock/clock';

/**
 * The timers of a controller: `work` takes a key out of the queue, `wait` puts a delayed one in, `round` does both for a
 * key that nobody else adds; `answer` lets a sync go on that has asked something of the API server.
 */
export interface QueueTimer {
  readonly kind: 'work' | 'wait' | 'round' | 'answer';
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

/** What is known of a key. */
interface KeyState {
  /** It is in the queue. */
  dirty: boolean;
  /** A worker has it. */
  processing: boolean;
  /** The answer it waits for. */
  answer: number | undefined;
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
    if (!state.processing) this.plan(key, state);
  }

  private plan(key: string, { busyUntil }: KeyState): void {
    this.timers.at(Math.max(busyUntil, this.timers.now + pickUpTime), { kind: 'work', key });
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
    const busy = Math.max(0, state.busyUntil - this.timers.now);
    this.addAfter(key, busy + Math.min(this.backOff.longest, this.backOff.first * 2 ** state.failures++));
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
    if (timer.kind === 'wait' || (timer.kind === 'round' && (state.processing || state.busyUntil > this.timers.now))) {
      this.add(timer.key);
      return undefined;
    }
    state.dirty = false;
    state.processing = true;
    return timer.key;
  }

  /** A worker that has `key` waits for an answer; news about the key wait meanwhile. */
  waitForAnswer(key: string, time: Millis): void {
    this.stateOf(key).answer = this.timers.after(time, { kind: 'answer', key });
  }

  /** A worker has done with `key` all but wait for the last answers. */
  done(key: string, untilAnswered: Millis): void {
    const state = this.stateOf(key);
    state.processing = false;
    state.answer = undefined;
    state.busyUntil = untilAnswered === 0 ? 0 : this.timers.now + untilAnswered;
    if (state.dirty) this.plan(key, state);
    const isIdle = !state.dirty && untilAnswered === 0 && state.timer === undefined && state.failures === 0;
    // The last one stays: a map that is emptied again and again is made anew each time.
    if (isIdle && this.keys.size > 1) this.keys.delete(key);
  }

  /** What a restart forgets. */
  clear(): void {
    for (const { timer, answer } of this.keys.values()) {
      if (timer !== undefined) this.timers.cancel(timer);
      if (answer !== undefined) this.timers.cancel(answer);
    }
    this.keys.clear();
  }

  private stateOf(key: string): KeyState {
    const known = this.keys.get(key);
    if (known) return known;
    const state: KeyState = {
      dirty: false,
      processing: false,
      answer: undefined,
      busyUntil: 0,
      waitsUntil: 0,
      timer: undefined,
      failures: 0,
    };
    this.keys.set(key, state);
    return state;
  }
}
