import type { RandomStream } from '../../clock/random';
import type { NodeFile, World } from '../../world';
import { type Cidr, addressIn, formatCidr } from '../address';
import { HOST, type HostKernel } from '../host';
import { type Route, drawMac, linkLocal } from '../interfaces';
import { podRangeOf } from '../ranges';

/** flannel's tunnel device with the VXLAN identifier that it uses unless told otherwise. */
const TUNNEL = 'flannel.1';

/** What fits into a VXLAN frame on Ethernet; flannel gives it to the bridge and to the Pods too. */
export const TUNNEL_MTU = 1450;

/** The tunnel device of a node: it has the first address of the node's own range, alone. */
export function addTunnel(kernel: HostKernel, range: Cidr, random: RandomStream): void {
  const mac = drawMac(random);
  kernel.setInterface({
    index: kernel.takeInterfaceIndex(),
    name: TUNNEL,
    namespace: HOST,
    kind: 'vxlan',
    mac,
    up: true,
    mtu: TUNNEL_MTU,
    addresses: [
      { address: addressIn(range, 0), prefix: 32 },
      { address: linkLocal(mac), prefix: 64 },
    ],
  });
}

/** Every other node's Pods by way of its tunnel address (flannel's pkg/backend/vxlan/vxlan_network.go). */
export function overlayRoutes(world: World, others: readonly NodeFile[]): Route[] {
  return others.map((other) => {
    const range = podRangeOf(world, other);
    return { to: formatCidr(range), via: addressIn(range, 0), device: TUNNEL, fromKernel: false, onlink: true };
  });
}
