import type { Millis } from '../clock/clock';

interface Entry {
  readonly backoff: Millis;
  readonly lastUpdate: Millis;
}

/** Waits that double, by key. Upstream: staging/src/k8s.io/client-go/util/flowcontrol/backoff.go. */
export class Backoff {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly initial: Millis = 10_000,
    private readonly limit: Millis = 300_000,
  ) {}

  /** The wait that stands now; 0 when there was none. */
  get(key: string): Millis {
    return this.entries.get(key)?.backoff ?? 0;
  }

  /** Whether less than the wait has passed since `event`. */
  isInBackOffSince(key: string, event: Millis, now: Millis): boolean {
    const entry = this.entries.get(key);
    if (!entry || this.hasExpired(entry, event)) return false;
    return now - event < entry.backoff;
  }

  /** Whether less than the wait has passed since the last step. */
  isInBackOffSinceUpdate(key: string, now: Millis): boolean {
    const entry = this.entries.get(key);
    if (!entry || this.hasExpired(entry, now)) return false;
    return now - entry.lastUpdate < entry.backoff;
  }

  /** The next step: the first wait, or twice the last one; a series whose last step is ten minutes old begins anew. */
  next(key: string, event: Millis, now: Millis): void {
    const entry = this.entries.get(key);
    const backoff = !entry || this.hasExpired(entry, event) ? this.initial : Math.min(entry.backoff * 2, this.limit);
    this.entries.set(key, { backoff, lastUpdate: now });
  }

  private hasExpired(entry: Entry, event: Millis): boolean {
    return event - entry.lastUpdate > 2 * this.limit;
  }
}

/** A duration as Go prints it: `10s`, `1m20s`, `5m0s`. */
export function goDuration(millis: Millis): string {
  const seconds = Math.round(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds % 60}s`;
}
