import { broadcastOf, formatIPv4, parseCidr } from '@/kubernetes/network/address';
import type { Interface, Route } from '@/kubernetes/network/interfaces';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { joinLines } from './text';

/** `route -n`, `ifconfig` and `arp -n`: of net-tools on a machine, of busybox in a container. */
export const netTools: Readonly<Record<string, ShellCommand>> = {
  route: plain((args, context) => {
    if (args.some((word) => ['add', 'del'].includes(word))) {
      context.stderr('route: changing routes is not simulated\n');
      return 127;
    }
    context.stdout(
      'Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n',
    );
    context.stdout(
      joinLines(routeCells(context, args.includes('-n')).map((row) => `${row.start} 0      0        0 ${row.device}`)),
    );
    return 0;
  }),
  ifconfig: plain((args, context) => {
    const { scene, stdout, stderr } = context;
    const [name, ...change] = args.filter((word) => !word.startsWith('-'));
    if (change.length > 0) {
      stderr('ifconfig: changing interfaces is not simulated; use ip\n');
      return 127;
    }
    const all = scene.kernel.interfaces(scene.namespace);
    const shown = all.filter((device) =>
      name === undefined ? device.up || args.includes('-a') : device.name === name,
    );
    if (name !== undefined && shown.length === 0) {
      const text = scene.busybox
        ? `ifconfig: ${name}: error fetching interface information: Device not found\n`
        : `${name}: error fetching interface information: Device not found\n`;
      stderr(text);
      return 1;
    }
    const sorted = [...shown].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const device of sorted) stdout(`${(scene.busybox ? busyboxLook : look)(device)}\n\n`);
    return 0;
  }),
  arp: plain((_, { scene, stdout }) => {
    // Nobody is asked for a hardware address here, so nobody's is remembered.
    if (scene.busybox) return 0;
    stdout('');
    return 0;
  }),
};

/** `netstat -r`, `netstat -rn` */
export function routingTable(context: ShellContext, numeric: boolean): number {
  context.stdout(
    'Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n',
  );
  const rows = routeCells(context, numeric);
  context.stdout(joinLines(rows.map(({ start, device }) => `${start}     0 0          0 ${device}`)));
  return 0;
}

function routeCells({ scene }: ShellContext, numeric: boolean): { start: string; device: string }[] {
  return [...scene.kernel.routes(scene.namespace)]
    .map((route) => ({ route, range: rangeOf(route) }))
    .sort((a, b) => a.range.base - b.range.base)
    .map(({ route: { via, device }, range: { base, prefix } }) => {
      const destination = base === 0 && prefix === 0 && !numeric ? 'default' : formatIPv4(base);
      const mask = formatIPv4(prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0);
      const flags = via === undefined ? 'U' : 'UG';
      const cells = [destination, via ?? '0.0.0.0', mask].map((cell) => cell.padEnd(15));
      return { start: `${cells.join(' ')} ${flags.padEnd(5)}`, device };
    });
}

function rangeOf({ to }: Route): { base: number; prefix: number } {
  return to === 'default' ? { base: 0, prefix: 0 } : (parseCidr(to) ?? { base: 0, prefix: 0 });
}

const mtuOf = (device: Interface) => device.mtu ?? (device.kind === 'loopback' ? 65536 : 1500);
const maskOf = (prefix: number) => formatIPv4(prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0);

// lib/interface.c of net-tools. What went through is not counted here.
function look(device: Interface): string {
  const loopback = device.kind === 'loopback';
  const flags = loopback
    ? 'flags=73<UP,LOOPBACK,RUNNING>'
    : device.up
      ? 'flags=4163<UP,BROADCAST,RUNNING,MULTICAST>'
      : 'flags=4098<BROADCAST,MULTICAST>';
  const addresses = device.addresses.map(({ address, prefix }) => {
    if (address.includes(':')) {
      const scope = address === '::1' ? '0x10<host>' : '0x20<link>';
      return `        inet6 ${address}  prefixlen ${prefix}  scopeid ${scope}`;
    }
    const broadcast = loopback || prefix === 32 ? '' : `  broadcast ${broadcastOf(address, prefix)}`;
    return `        inet ${address}  netmask ${maskOf(prefix)}${broadcast}`;
  });
  const link = loopback
    ? '        loop  txqueuelen 1000  (Local Loopback)'
    : `        ether ${device.mac}  txqueuelen 1000  (Ethernet)`;
  return [
    `${device.name}: ${flags}  mtu ${mtuOf(device)}`,
    ...addresses,
    link,
    '        RX packets 0  bytes 0 (0.0 B)',
    '        RX errors 0  dropped 0  overruns 0  frame 0',
    '        TX packets 0  bytes 0 (0.0 B)',
    '        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0',
  ].join('\n');
}

// networking/interface.c of busybox
function busyboxLook(device: Interface): string {
  const loopback = device.kind === 'loopback';
  const link = loopback ? 'Local Loopback  ' : `Ethernet  HWaddr ${device.mac.toUpperCase()}  `;
  const addresses = device.addresses.map(({ address, prefix }) => {
    if (address.includes(':')) return `inet6 addr: ${address}/${prefix} Scope:${address === '::1' ? 'Host' : 'Link'}`;
    const broadcast = loopback ? '' : `  Bcast:${broadcastOf(address, prefix)}`;
    return `inet addr:${address}${broadcast}  Mask:${maskOf(prefix)}`;
  });
  const flags = `${device.up ? 'UP ' : ''}${loopback ? 'LOOPBACK RUNNING' : 'BROADCAST RUNNING MULTICAST'}  MTU:${mtuOf(device)}  Metric:1`;
  const lines = [
    ...addresses,
    flags,
    'RX packets:0 errors:0 dropped:0 overruns:0 frame:0',
    'TX packets:0 errors:0 dropped:0 overruns:0 carrier:0',
    'collisions:0 txqueuelen:1000 ',
    'RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)',
  ];
  return `${device.name.padEnd(9)} Link encap:${link}\n${lines.map((line) => `          ${line}`).join('\n')}`;
}
