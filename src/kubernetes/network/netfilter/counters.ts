import type { Packet } from '../packet';
import type { Rule } from './rule';

export interface Count {
  readonly packets: number;
  readonly bytes: number;
}

const none: Count = { packets: 0, bytes: 0 };

/**
 * What rules of nat chains have seen: the first packet of each connection, as conntrack shows them no other. A rule that
 * is made anew begins at zero, as in the kernel.
 */
export class RuleCounters {
  private readonly counts = new WeakMap<Rule, Count>();

  of(rule: Rule): Count {
    return this.counts.get(rule) ?? none;
  }

  reset(rule: Rule): void {
    this.counts.delete(rule);
  }

  add(rule: Rule, size: number): void {
    const { packets, bytes } = this.of(rule);
    this.counts.set(rule, { packets: packets + 1, bytes: bytes + size });
  }
}

/** Bytes of the packet that begins a connection: a SYN with the options that Linux sends, a question, a ping. */
export function firstPacketSize({ protocol, destination }: Packet, data = ''): number {
  const header = destination.includes(':') ? 40 : 20;
  switch (protocol) {
    case 'TCP':
      return header + 40;
    case 'UDP':
      return header + 8 + data.length;
    case 'ICMP':
      return header + 64;
    default:
      // An INIT of SCTP.
      return header + 48;
  }
}
