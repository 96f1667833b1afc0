import type { Millis, Timers } from '../clock/clock';

/** The timers of a controller: `work` takes a key out of the queue, `wait` puts a delayed one in. */
export type QueueTimer =
  { readonly kind: 'work'; readonly key: string } | { readonly kind: 'wait'; readonly key: string };

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

/**
 * A rate-limited work queue on virtual time. A key is in it at most once, is never worked on twice at a time, and
 * after failures comes back after 5 ms, 10 ms, 20 ms … 1000 s.
 * Upstream: staging/src/k8s.io/client-go/util/workqueue
 */
export class WorkQueue {
  private readonly dirty = new Set<string>();
  private readonly busyUntil = new Map<string, Millis>();
  private readonly waiting = new Map<string, { readonly at: Millis; readonly timer: number }>();
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly timers: Timers<QueueTimer>,
    private readonly backOff: BackOff = defaultBackOff,
  ) {}

  add(key: string): void {
    if (this.dirty.has(key)) return;
    this.dirty.add(key);
    const free = this.busyUntil.get(key) ?? 0;
    this.timers.at(Math.max(free, this.timers.now + pickUpTime), { kind: 'work', key });
  }

  /** Adds `key` after `delay`; of several delays for one key the shortest counts. */
  addAfter(key: string, delay: Millis): void {
    if (delay <= 0) {
      this.add(key);
      return;
    }
    const at = this.timers.now + Math.ceil(delay);
    const earlier = this.waiting.get(key);
    if (earlier) {
      if (earlier.at <= at) return;
      this.timers.cancel(earlier.timer);
    }
    this.waiting.set(key, { at, timer: this.timers.at(at, { kind: 'wait', key }) });
  }

  /** Adds `key` after its back-off, which doubles with every call until `forget`. */
  addRateLimited(key: string): void {
    const failures = this.failures.get(key) ?? 0;
    this.failures.set(key, failures + 1);
    this.addAfter(key, Math.min(this.backOff.longest, this.backOff.first * 2 ** failures));
  }

  forget(key: string): void {
    this.failures.delete(key);
  }

  /** How often in a row `key` has failed. */
  requeues(key: string): number {
    return this.failures.get(key) ?? 0;
  }

  /** A timer of this queue has come due: returns the key to work on, if it is one of `work`. */
  take(timer: QueueTimer): string | undefined {
    if (timer.kind === 'wait') {
      this.waiting.delete(timer.key);
      this.add(timer.key);
      return undefined;
    }
    this.dirty.delete(timer.key);
    return timer.key;
  }

  /** A worker is done with `key` after so many writes. In virtual time they were all made at once; now it rests. */
  done(key: string, writes: number): void {
    if (writes === 0) this.busyUntil.delete(key);
    else this.busyUntil.set(key, this.timers.now + writes * writeTime);
  }

  /** What a restart forgets. */
  clear(): void {
    for (const { timer } of this.waiting.values()) this.timers.cancel(timer);
    this.dirty.clear();
    this.busyUntil.clear();
    this.waiting.clear();
    this.failures.clear();
  }
}
