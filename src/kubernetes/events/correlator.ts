import type { Millis } from '../clock/clock';

/** An occurrence as a component reports it. */
export interface Occurrence {
  /** Who reports it, and about what: `source`, `host`, then the object's kind, namespace, name, UID, apiVersion. */
  readonly subject: string;
  readonly fieldPath: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

/** What becomes of an occurrence: an event is written under `key`, the `count`-th time, or nothing at all. */
export interface Correlated {
  readonly key: string;
  readonly message: string;
  readonly count: number;
  readonly first: Millis;
}

/** From the tenth different message on, within ten minutes, similar events are one. */
const similarMessages = 10;
const similarWithin: Millis = 600_000;
/**
 * Events of one type about one object from one source: 25 at once, then one in 300 s. Watched in long crash loops:
 * `BackOff` (Warning) goes on being counted while `Pulled`, `Created` and `Started` (Normal) share 25 and one in 300 s.
 */
const burst = 25;
const refill: Millis = 300_000;

interface Similar {
  readonly messages: Set<string>;
  last: Millis;
}

/**
 * Keeps events few: equal ones are counted, similar ones combined, floods cut off.
 * Upstream: staging/src/k8s.io/client-go/tools/record/events_cache.go `EventCorrelator`
 */
export class Correlator {
  private readonly similar = new Map<string, Similar>();
  private readonly seen = new Map<string, { count: number; first: Millis }>();
  private readonly buckets = new Map<string, { tokens: number; at: Millis }>();

  /** undefined = the spam filter swallows it. */
  correlate(occurrence: Occurrence, now: Millis): Correlated | undefined {
    const { subject, fieldPath, type, reason, message } = occurrence;
    const group = `${subject}\n${type}\n${reason}`;
    const combined = this.isCombined(group, message, now);
    const key = combined ? group : `${subject}\n${fieldPath}\n${type}\n${reason}\n${message}`;
    const before = this.seen.get(key);
    const next = { count: (before?.count ?? 0) + 1, first: before?.first ?? now };
    this.seen.set(key, next);
    if (!this.takeToken(`${subject}\n${type}`, now)) return undefined;
    return { key, message: combined ? `(combined from similar events): ${message}` : message, ...next };
  }

  /** The event is gone from the store: the next one is a new one. */
  forget(key: string, now: Millis): void {
    this.seen.set(key, { count: 1, first: now });
  }

  private isCombined(group: string, message: string, now: Millis): boolean {
    let record = this.similar.get(group);
    if (!record || now - record.last > similarWithin) {
      record = { messages: new Set(), last: now };
      this.similar.set(group, record);
    }
    record.messages.add(message);
    record.last = now;
    if (record.messages.size < similarMessages) return false;
    // Upstream drops any of them, so that the set does not grow.
    const [oldest = ''] = record.messages;
    record.messages.delete(oldest);
    return true;
  }

  private takeToken(flow: string, now: Millis): boolean {
    let bucket = this.buckets.get(flow);
    if (!bucket) {
      bucket = { tokens: burst, at: now };
      this.buckets.set(flow, bucket);
    }
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / refill);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
