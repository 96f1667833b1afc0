import type { Packet } from './packet';

/** A Service's address and port in the kernel's load balancer, and where it sends connections. */
export interface VirtualServer {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly address: string;
  readonly port: number;
  readonly scheduler: 'rr';
  /** For how many seconds a client keeps its back end. */
  readonly persistentSeconds?: number;
  readonly backends: readonly { readonly address: string; readonly port: number }[];
}

/** A named set of addresses or ports that rules ask: `hash:ip,port`, `bitmap:port`. */
export interface IpSet {
  readonly name: string;
  readonly type: string;
  readonly entries: readonly string[];
}

/** What a machine's IP Virtual Server and its sets hold. */
export interface Ipvs {
  readonly servers: readonly VirtualServer[];
  readonly sets: readonly IpSet[];
}

export const emptyIpvs: Ipvs = { servers: [], sets: [] };

/** The virtual server that a packet is for. */
export function virtualServerFor({ servers }: Ipvs, packet: Packet): VirtualServer | undefined {
  return servers.find(
    (one) =>
      one.protocol === packet.protocol && one.address === packet.destination && one.port === packet.destinationPort,
  );
}

/**
 * The back end for a new connection. Round robin goes on from where the connection before it stood, which is not kept
 * here: it is drawn. A client of a persistent server always gets the same.
 */
export function chooseBackend({ backends, persistentSeconds }: VirtualServer, source: string, draw: () => number) {
  if (persistentSeconds === undefined) return backends[Math.floor(draw() * backends.length)];
  const sum = source.split('').reduce((hash, character) => (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0, 7);
  return backends[sum % backends.length];
}

/** Whether a packet is an element of a set, seen from the ends that the rule names. */
export function isInSet(set: IpSet, ends: readonly ('src' | 'dst')[], packet: Packet): boolean {
  const [family = '', parts = ''] = set.type.split(':');
  const key = parts
    .split(',')
    .map((part, i) => {
      const source = ends[i] === 'src';
      if (part === 'ip') return source ? packet.source : packet.destination;
      const port = source ? packet.sourcePort : packet.destinationPort;
      return family === 'bitmap' ? String(port) : `${packet.protocol.toLowerCase()}:${port}`;
    })
    .join(',');
  return set.entries.includes(key);
}
