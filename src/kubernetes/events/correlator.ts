import { PairMap } from '../api/pair-map';
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

/** Occurrences that count as one. */
export interface Same {
  count: number;
  first: Millis;
  /** The name of the event that was last written of them. */
  written: string | undefined;
}

/** What becomes of an occurrence: an event is written, the `count`-th time, or nothing at all. */
export interface Correlated {
  readonly same: Same;
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

/** Events of one type about one object from one source, of one reason. */
interface Similar {
  readonly messages: Set<string>;
  last: Millis;
  /** By field path and message. */
  readonly equal: Map<string, Same>;
  combined: Same | undefined;
}

/** Events of one type about one object from one source: what the spam filter looks at. */
interface Flow {
  tokens: number;
  at: Millis;
  readonly byReason: Map<string, Similar>;
}

/**
 * Keeps events few: equal ones are counted, similar ones combined, floods cut off.
 * Upstream: staging/src/k8s.io/client-go/tools/record/events_cache.go `EventCorrelator`
 */
export class Correlator {
  /** By subject and type. */
  private readonly flows = new PairMap<Flow>();

  /** undefined = the spam filter swallows it. */
  correlate({ subject, fieldPath, type, reason, message }: Occurrence, now: Millis): Correlated | undefined {
    const flow = this.flowOf(subject, type, now);
    const similar = similarOf(flow, reason, now);
    const combined = isCombined(similar, message, now);
    const same = combined ? combinedOf(similar, now) : equalOf(similar, `${fieldPath}\n${message}`, now);
    same.count++;
    if (!takeToken(flow, now)) return undefined;
    const { count, first } = same;
    return { same, message: combined ? `(combined from similar events): ${message}` : message, count, first };
  }

  /** The event is gone from the store: the next one is a new one. */
  forget(same: Same, now: Millis): void {
    same.count = 1;
    same.first = now;
  }

  private flowOf(subject: string, type: string, now: Millis): Flow {
    const known = this.flows.get(subject, type);
    if (known) return known;
    const flow = { tokens: burst, at: now, byReason: new Map<string, Similar>() };
    this.flows.set(subject, type, flow);
    return flow;
  }
}

function similarOf({ byReason }: Flow, reason: string, now: Millis): Similar {
  const known = byReason.get(reason);
  if (known) return known;
  const similar = { messages: new Set<string>(), last: now, equal: new Map<string, Same>(), combined: undefined };
  byReason.set(reason, similar);
  return similar;
}

function equalOf({ equal }: Similar, key: string, now: Millis): Same {
  const known = equal.get(key);
  if (known) return known;
  const same = { count: 0, first: now, written: undefined };
  equal.set(key, same);
  return same;
}

function combinedOf(similar: Similar, now: Millis): Same {
  similar.combined ??= { count: 0, first: now, written: undefined };
  return similar.combined;
}

function isCombined(similar: Similar, message: string, now: Millis): boolean {
  const { messages } = similar;
  if (now - similar.last > similarWithin) messages.clear();
  messages.add(message);
  similar.last = now;
  if (messages.size < similarMessages) return false;
  // Upstream drops any of them, so that the set does not grow.
  const [oldest = ''] = messages;
  messages.delete(oldest);
  return true;
}

function takeToken(flow: Flow, now: Millis): boolean {
  flow.tokens = Math.min(burst, flow.tokens + (now - flow.at) / refill);
  flow.at = now;
  if (flow.tokens < 1) return false;
  flow.tokens -= 1;
  return true;
}
