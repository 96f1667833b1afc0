import type { Millis } from '../../clock/clock';

const first: Millis = 1000;
const longest: Millis = 15 * 60_000;

/** How long to leave a failed daemon Pod before it is replaced: 1 s doubling to 15 min, for each node. */
export class FailedPodBackoff {
  private readonly entries = new Map<string, { delay: Millis; since: Millis }>();

  /** Milliseconds still to wait; 0 = replace it now, and wait longer the next time. */
  next(key: string, now: Millis): Millis {
    const entry = this.entries.get(key);
    if (entry && now < entry.since + entry.delay) return entry.since + entry.delay - now;
    const forgotten = !entry || now - entry.since > 2 * longest;
    this.entries.set(key, { delay: forgotten ? first : Math.min(longest, entry.delay * 2), since: now });
    return 0;
  }
}
