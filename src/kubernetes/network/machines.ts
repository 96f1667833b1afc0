import type { Random } from '../clock/random';
import type { MachineFile, World } from '../world';
import { addressIn, parseCidr } from './address';
import { HOST, type HostKernel } from './host';
import { type Route, drawMac, linkLocal } from './interfaces';

/** The machines outside the cluster; `client` is always there. */
export function machinesOf(world: World): readonly MachineFile[] {
  if (world.machines.some((machine) => machine.name === 'client')) return world.machines;
  const lan = parseCidr(world.lan);
  return lan ? [{ name: 'client', ip: addressIn(lan, 100) }, ...world.machines] : world.machines;
}

/** Plugs a machine into its LAN. `device`: its interface, `eth0` where the world names none. */
export function plugIn(kernel: HostKernel, world: World, random: Random, device = 'eth0', ip: string): void {
  const mac = drawMac(random.stream(`mac/${kernel.host}`));
  kernel.setInterface({
    index: kernel.takeInterfaceIndex(),
    name: device,
    namespace: HOST,
    kind: 'ethernet',
    mac,
    up: true,
    addresses: [
      { address: ip, prefix: lanOf(world, ip).prefix },
      { address: linkLocal(mac), prefix: 64 },
    ],
  });
  kernel.setRoutes(HOST, lanRoutes(world, device, ip));
}

/** The routes of a machine that knows its LAN and a router. */
export function lanRoutes(world: World, device = 'eth0', ip: string): Route[] {
  const lan = lanOf(world, ip);
  return [
    { to: 'default', via: addressIn(lan, 1), device, fromKernel: false },
    { to: `${addressIn(lan, 0)}/${lan.prefix}`, device, fromKernel: true, source: ip },
  ];
}

/** A node that is a container has one end of a pair as its interface; the other has this number elsewhere. */
export function nameOtherEnd(kernel: HostKernel, index: number): void {
  const device = kernel.interfaces(HOST).find((one) => one.kind === 'ethernet');
  if (device) kernel.setInterface({ ...device, peer: { namespace: 'elsewhere', name: '', index } });
}

/** The LAN of an address: the world's, or a /24 of its own for a machine far away. */
function lanOf(world: World, ip: string) {
  const lan = parseCidr(world.lan);
  const own = parseCidr(`${ip}/24`);
  if (lan && parseCidr(`${ip}/${lan.prefix}`)?.base === lan.base) return lan;
  return own ?? { base: 0, prefix: 0 };
}
