import type { Millis } from '../clock/clock';
import type { SyncError } from './host';

// pkg/kubelet/kubelet.go, pkg/kubelet/pod_workers.go
const resyncInterval: Millis = 60_000;
const errorInterval: Millis = 10_000;
const networkInterval: Millis = 1000;
/** `workerResyncIntervalJitterFactor`, `workerBackOffPeriodJitterFactor`: each wait is stretched by 0 up to this. */
export const jitterFactor = 0.5;
/** How often the queue is looked at. */
const tick: Millis = 1000;

/**
 * When the next sync of a Pod is due after one that ended with `errors`: a minute after a good one, 10 s after a bad
 * one, 1 s while there is no network; inside a restart back-off when that ends, but at most a minute later. Each of
 * these is stretched by the given part, and lasts until the queue is looked at, at `phase` of each second or, without
 * one, half a second later. Upstream: pod_workers.go `completeWork`.
 */
export function nextSync(
  errors: readonly SyncError[],
  now: Millis,
  phase: Millis | undefined,
  stretch: number,
): Millis {
  const due = now + Math.round(interval(errors, now) * (1 + stretch));
  return nextTick(due, phase);
}

/** When a static Pod is tried again that has to wait for the end of the one before it (`allowPodStart`). */
export function nextTry(now: Millis, phase: Millis | undefined, stretch: number): Millis {
  return nextTick(now + Math.round(errorInterval * (1 + stretch)), phase);
}

/** When the queue is next looked at after `due`. */
export function nextTick(due: Millis, phase: Millis | undefined): Millis {
  if (phase === undefined) return due + tick / 2;
  return Math.ceil((due - phase) / tick) * tick + phase;
}

function interval(errors: readonly SyncError[], now: Millis): Millis {
  if (errors.length === 0) return resyncInterval;
  if (errors.some((error) => error.kind === 'network')) return networkInterval;
  const ends = errors.flatMap(({ until }) => (until === undefined ? [] : [until]));
  if (ends.length < errors.length) return errorInterval;
  return Math.min(Math.max(Math.min(...ends) - now, 0), resyncInterval);
}
