import type { NodeFile, World } from '../world';
import { type Cidr, parseCidr } from './address';

/** A node's Pod range: the world's word, or the /24 of its place in the list, as the node IPAM controller gives it. */
export function podRangeOf(world: World, node: NodeFile): Cidr {
  const own = node.podCIDR === undefined ? undefined : parseCidr(node.podCIDR);
  if (own) return own;
  const all = parseCidr(world.podCIDR);
  const place = world.nodes.findIndex((candidate) => candidate.name === node.name);
  return { base: (all?.base ?? 0) + Math.max(0, place) * 256, prefix: Math.max(24, all?.prefix ?? 24) };
}
