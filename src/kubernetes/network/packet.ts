/** What a packet filter looks at. Rewriting makes a new one. */
export interface Packet {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | 'ICMP';
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly mark: number;
  readonly in?: string;
  readonly out?: string;
  /** A rule of this machine has given it another destination. */
  readonly rewritten?: true;
}

/** `192.168.189.10:41234 → 192.168.189.201:8080` */
export function packetText(packet: Packet): string {
  const end = (address: string, port: number) =>
    packet.protocol === 'ICMP' ? address : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return `${end(packet.source, packet.sourcePort)} → ${end(packet.destination, packet.destinationPort)}`;
}
