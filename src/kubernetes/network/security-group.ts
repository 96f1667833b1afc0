import type { SecurityGroup } from '../world';
import { contains } from './address';
import type { Packet } from './packet';

/** Why a security group drops a packet; undefined when a rule allows it or there is no group. */
export function refusedBy(group: SecurityGroup | undefined, packet: Packet): string | undefined {
  if (!group) return undefined;
  const allowed = group.allow.some(({ protocol = 'TCP', ports, from }) => {
    const [first = 0, last = first] = ports.split('-').map(Number);
    const port = packet.destinationPort;
    return protocol === packet.protocol && port >= first && port <= last && (!from || contains(from, packet.source));
  });
  return allowed
    ? undefined
    : `dropped by the security group ${group.name}: no rule allows ${packet.destinationPort}/${packet.protocol}`;
}
