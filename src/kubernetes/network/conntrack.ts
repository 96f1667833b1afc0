import type { Millis } from '../clock/clock';
import type { AppResponse } from './kernel';
import type { Packet } from './packet';
import type { Hop, Walk } from './packet-walk';

/** One direction of a connection, as a machine sees it. */
export interface Tuple {
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** A connection that a machine's kernel has tracked: how it was begun, and what its answers look like. */
export interface Tracked {
  readonly protocol: 'TCP' | 'UDP' | 'ICMP';
  readonly original: Tuple;
  readonly reply: Tuple;
  /** Of TCP. */
  readonly state?: 'SYN_SENT' | 'CLOSE_WAIT' | 'TIME_WAIT';
  readonly replied: boolean;
  readonly assured: boolean;
  readonly until: Millis;
}

// net/netfilter/nf_conntrack_proto_tcp.c, nf_conntrack_proto_udp.c, nf_conntrack_proto_icmp.c
const timeouts = { SYN_SENT: 120_000, CLOSE_WAIT: 60_000, TIME_WAIT: 120_000, UDP: 30_000, ICMP: 30_000 } as const;

/** The connections that one machine remembers, oldest first; those whose time is over go as the next one comes. */
export class Connections {
  private tracked: readonly Tracked[] = [];

  add(entry: Tracked, now: Millis): void {
    this.tracked = [...this.list(now), entry];
  }

  list(now: Millis): readonly Tracked[] {
    return this.tracked.filter(({ until }) => until > now);
  }

  forget(which: (entry: Tracked) => boolean): void {
    this.tracked = this.tracked.filter((entry) => !which(entry));
  }
}

/** What the machines on a packet's way remember of its connection, after it has been answered or not, by machine. */
export function trackedOf(
  { hops, result }: Walk,
  { protocol }: Pick<Packet, 'protocol'>,
  response: AppResponse | undefined,
  now: Millis,
): Map<string, Tracked> {
  const all = new Map<string, Tracked>();
  const stopped = (hop: Hop) => hop.text === 'drop' || hop.text === 'reject';
  // What is reset at once is forgotten at once.
  if (protocol === 'SCTP' || (protocol === 'TCP' && result === 'refused' && !hops.some(stopped))) return all;
  const replied = result === 'answered';
  const state = !replied ? 'SYN_SENT' : response?.hangs ? 'CLOSE_WAIT' : 'TIME_WAIT';
  for (const host of new Set(hops.map((hop) => hop.host))) {
    const own = hops.filter((hop) => hop.host === host && hop.namespace === 'host');
    const [first] = own;
    // A packet that is dropped never becomes a connection there.
    if (!first || own.some(stopped)) continue;
    const before = first.step === 'send' ? first : (hops[hops.indexOf(first) - 1] ?? first);
    const { packet: last } = own.at(-1) ?? first;
    all.set(host, {
      protocol,
      original: tuple(before.packet),
      reply: {
        ...{ source: last.destination, destination: last.source },
        ...{ sourcePort: last.destinationPort, destinationPort: last.sourcePort },
      },
      ...(protocol === 'TCP' ? { state } : {}),
      replied,
      assured: replied && protocol === 'TCP',
      until: now + timeouts[protocol === 'TCP' ? state : protocol],
    });
  }
  return all;
}

function tuple({ source, destination, sourcePort, destinationPort }: Packet): Tuple {
  return { source, destination, sourcePort, destinationPort };
}
