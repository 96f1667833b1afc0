import type { Millis } from '@/kubernetes/clock/clock';
import { ruleText } from '@/kubernetes/network/netfilter/iptables-text';
import { nftRule } from '@/kubernetes/network/netfilter/nft-text';
import type { RuleHit } from '@/kubernetes/network/netfilter/evaluate';
import type { Hop, Walk, WalkFrom, WalkTo } from '@/kubernetes/network/packet-walk';
import type { Packet } from '@/kubernetes/network/packet';

/** One stop on the way of a packet. Plain data. */
export interface Stop {
  readonly host: string;
  /** `host`, or the id of a Pod's sandbox. */
  readonly namespace: string;
  readonly step: Hop['step'];
  readonly text: string;
  /** The rules that did something here, as `iptables -S` or `nft list` prints them. */
  readonly rules: readonly string[];
  /** `10.0.0.100:41234 → 10.244.1.2:80`, after this stop. */
  readonly packet: string;
}

/** The way of the first packet of a connection that a command made. */
export interface Journey {
  /** Virtual milliseconds since the cluster's start. */
  readonly at: Millis;
  /** `client`, a node, or the id of a Pod's sandbox on its node: `w1/3f0c…` */
  readonly from: string;
  readonly to: { readonly protocol: WalkTo['protocol']; readonly address: string; readonly port: number };
  readonly result: Walk['result'];
  /** The address that whoever took it sees. */
  readonly source: string;
  /** The Pod or program behind the socket that took it. */
  readonly taker?: string;
  readonly stops: readonly Stop[];
}

/** A walk as plain data, for whoever asks which way a packet went. */
export function journeyOf(at: Millis, { kernel, namespace }: WalkFrom, to: WalkTo, walk: Walk): Journey {
  const process = walk.arrival?.process;
  const taker = process && (process.owner?.name ?? process.comm);
  return {
    at,
    from: namespace === 'host' ? kernel.host : `${kernel.host}/${namespace.slice(0, 13)}`,
    to: { protocol: to.protocol, address: to.address, port: to.port },
    result: walk.result,
    source: walk.packet.source,
    ...(taker === undefined ? {} : { taker }),
    stops: walk.hops.map(({ host, namespace: at, step, text, hits, packet }) => ({
      host,
      namespace: at,
      step,
      text,
      rules: hits.map(hitText),
      packet: packetText(packet),
    })),
  };
}

function hitText({ table, chain, rule }: RuleHit): string {
  switch (table.owner) {
    case 'iptables':
      return `-t ${table.name} ${ruleText(chain, rule)}`;
    case 'nftables':
      return `table ${table.family} ${table.name} chain ${chain}: ${nftRule(rule)}`;
    case 'ebpf':
      return 'an eBPF program of the network plug-in; no command lists it';
  }
}

function packetText({ protocol, source, sourcePort, destination, destinationPort }: Packet): string {
  const end = (address: string, port: number) => {
    if (protocol === 'ICMP') return address;
    return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  };
  return `${end(source, sourcePort)} → ${end(destination, destinationPort)}`;
}
