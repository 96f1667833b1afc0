import type { Millis } from '../clock/clock';

/** `TCP_TIMEWAIT_LEN` of Linux (include/net/tcp.h). SO_LINGER does not shorten it. */
const length: Millis = 60_000;

/** What is left of a TCP connection on the side that closed it first. */
export interface TimeWait {
  readonly local: { readonly address: string; readonly port: number };
  readonly peer: { readonly address: string; readonly port: number };
  /** A socket of IPv6 had it: its IPv4 addresses are told as `::ffff:10.0.0.1`. */
  readonly v6: boolean;
  readonly until: Millis;
}

/**
 * The connections of one machine that are in TIME-WAIT, by network namespace, oldest first. Those whose minute is over
 * go when the next one comes, so that no more than a minute of them is ever kept.
 */
export class TimeWaits {
  private readonly ended = new Map<string, TimeWait[]>();

  add(namespace: string, ends: Omit<TimeWait, 'until'>, now: Millis): void {
    const kept = this.list(namespace, now);
    kept.push({ ...ends, until: now + length });
    this.ended.set(namespace, kept);
  }

  list(namespace: string, now: Millis): TimeWait[] {
    const all = this.ended.get(namespace) ?? [];
    const first = all.findIndex(({ until }) => until > now);
    return first < 0 ? [] : all.slice(first);
  }

  /** The namespace is gone. */
  forget(namespace: string): void {
    this.ended.delete(namespace);
  }
}

/**
 * Which side of a connection that was answered says goodbye first: a client that has what it came for, or a server
 * that keeps no connection open (HTTP/1.0, `Connection: close`, or one that does not speak HTTP to who does). Undefined
 * where neither does: the program behind it never answers.
 */
export function firstToClose(
  asked: { readonly headers: Readonly<Record<string, string>> } | undefined,
  response:
    | {
        readonly hangs?: boolean;
        readonly http?: { readonly version: string; readonly headers: readonly (readonly [string, string])[] };
      }
    | undefined,
): 'client' | 'server' | undefined {
  if (response?.hangs) return undefined;
  if (!asked) return 'client';
  const answer = response?.http;
  if (!answer || answer.version === '1.0') return 'server';
  const closes = ([name, value]: readonly [string, string]) => /^connection$/i.test(name) && /^close$/i.test(value);
  return Object.entries(asked.headers).some(closes) || answer.headers.some(closes) ? 'server' : 'client';
}
