import { broadcastOf } from '@/kubernetes/network/address';
import type { Interface } from '@/kubernetes/network/interfaces';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { changeInterfaces } from '../net/change-interfaces';
import { joinLines } from './text';

/** `ip [-br] [-o] [-4|-6] address|link|route|neigh`: of iproute2, or of busybox where the image has only that. */
export const ip: ShellCommand = plain((args, context) => {
  const flags = args.filter((word) => word.startsWith('-'));
  const [object = '', verb = 'show', ...rest] = args.filter((word) => !word.startsWith('-'));
  if ('address'.startsWith(object) && object !== '')
    return isShow(verb) ? addresses(rest, flags, context, true) : changeInterfaces('address', verb, rest, context);
  if ('link'.startsWith(object) && object !== '')
    return isShow(verb) ? addresses(rest, flags, context, false) : changeInterfaces('link', verb, rest, context);
  if (object !== '' && ('route'.startsWith(object) || object === 'ro')) return routes(context);
  if (object !== '' && 'neighbour'.startsWith(object)) return 0;
  context.stderr(`Object "${object}" is unknown, try "ip help".\n`);
  return 1;
});

function isShow(verb: string): boolean {
  return ['show', 'list', 'sh', 's', 'ls', 'l'].includes(verb);
}

/** Whether the place has busybox' `ip`. */
function isBusybox({ scene }: ShellContext): boolean {
  return scene.busybox;
}

function addresses(
  rest: readonly string[],
  flags: readonly string[],
  context: ShellContext,
  withAddresses: boolean,
): number {
  const { scene, stdout, stderr } = context;
  const all = scene.kernel.interfaces(scene.namespace);
  const wanted = rest.filter((word) => word !== 'dev')[0];
  const shown = wanted === undefined ? all : all.filter((device) => device.name === wanted);
  if (shown.length === 0) {
    stderr(
      isBusybox(context) ? `ip: can't find device '${wanted ?? ''}'\n` : `Device "${wanted ?? ''}" does not exist.\n`,
    );
    return 1;
  }
  const family = flags.includes('-4') ? 4 : flags.includes('-6') ? 6 : undefined;
  const lines = shown.flatMap((device) => {
    const look = new Look(device, all, isBusybox(context), family);
    if (flags.some((flag) => /^-br/.test(flag))) return [look.brief(withAddresses)];
    if (flags.includes('-o')) return withAddresses ? look.oneLine() : [look.lines(false).join('\\')];
    return look.lines(withAddresses);
  });
  stdout(joinLines(lines));
  return 0;
}

/** One interface in the shapes of `ip`. */
class Look {
  constructor(
    private readonly device: Interface,
    private readonly all: readonly Interface[],
    private readonly busybox: boolean,
    private readonly family: 4 | 6 | undefined,
  ) {}

  lines(withAddresses: boolean): string[] {
    const { device, busybox } = this;
    const master = device.master ? ` master ${device.master}${busybox ? ' ' : ''}` : '';
    const state = busybox
      ? ''
      : ` state ${this.state} ${withAddresses ? 'group default' : 'mode DEFAULT group default'}`;
    // Bridge ports have no queue of their own here, so no length is printed for them.
    const queue = device.master || device.kind === 'vxlan' ? '' : ' qlen 1000';
    const mtu = device.mtu ?? (device.kind === 'loopback' ? 65536 : 1500);
    const head = `${device.index}: ${this.name}: <${this.flags}> mtu ${mtu} qdisc noqueue${master}${state}${queue}`;
    const link = device.kind === 'loopback' ? 'loopback' : 'ether';
    const broadcast = device.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';
    const peer = device.peer && !busybox ? ' link-netnsid 0' : '';
    const shown = `    link/${link} ${device.mac} brd ${broadcast}${peer}`;
    if (!withAddresses) return [head, shown];
    const inet = this.addresses().flatMap((text) => [`    ${text}`, '       valid_lft forever preferred_lft forever']);
    return [head, ...(this.family === 4 ? [] : [shown]), ...inet];
  }

  oneLine(): string[] {
    const { device } = this;
    return this.addresses().map(
      (text) => `${device.index}: ${device.name}    ${text}\\       valid_lft forever preferred_lft forever`,
    );
  }

  brief(withAddresses: boolean): string {
    const { device } = this;
    const name = device.peer ? this.name : device.name;
    const head = `${name.padEnd(16)} ${this.state.padEnd(14)} `;
    if (!withAddresses) return `${head}${device.mac} <${this.flags}> `;
    const list = device.addresses.filter(({ address }) => this.fits(address));
    return `${head}${list.map(({ address, prefix }) => `${address}/${prefix} `).join('')}`;
  }

  private addresses(): string[] {
    return this.device.addresses
      .filter(({ address }) => this.fits(address))
      .map(({ address, prefix }) => {
        if (address.includes(':')) return `inet6 ${address}/${prefix} scope ${address === '::1' ? 'host' : 'link'} `;
        const loopback = this.device.kind === 'loopback';
        const broadcast = loopback || prefix === 32 ? '' : ` brd ${broadcastOf(address, prefix)}`;
        const scope = address.startsWith('127.') ? 'host' : 'global';
        return `inet ${address}/${prefix}${broadcast} scope ${scope} ${this.device.name}`;
      });
  }

  private fits(address: string): boolean {
    return this.family === undefined || (this.family === 6) === address.includes(':');
  }

  private get name(): string {
    const { device, busybox } = this;
    if (!device.peer) return device.name;
    // busybox takes the other end's number for one of this namespace.
    const mistaken = busybox ? this.all.find((other) => other.index === device.peer?.index) : undefined;
    return `${device.name}@${mistaken?.name ?? `if${device.peer.index}`}`;
  }

  private get carrier(): boolean {
    return this.device.kind !== 'bridge' || this.all.some((other) => other.master === this.device.name);
  }

  private get state(): string {
    if (this.device.kind === 'loopback' || this.device.kind === 'vxlan') return 'UNKNOWN';
    return this.device.up && this.carrier ? 'UP' : 'DOWN';
  }

  private get flags(): string {
    const { device, busybox } = this;
    if (device.kind === 'loopback') return device.up ? 'LOOPBACK,UP,LOWER_UP' : 'LOOPBACK';
    if (!device.up) return 'BROADCAST,MULTICAST';
    const strange =
      busybox && device.peer && !this.all.some((other) => other.index === device.peer?.index) ? ',M-DOWN' : '';
    return this.carrier ? `BROADCAST,MULTICAST,UP,LOWER_UP${strange}` : 'NO-CARRIER,BROADCAST,MULTICAST,UP';
  }
}

function routes(context: ShellContext): number {
  const { scene, stdout } = context;
  const busybox = isBusybox(context);
  const devices = scene.kernel.interfaces(scene.namespace);
  const sorted = [...scene.kernel.routes(scene.namespace)].sort(
    (a, b) => rank(a.to) - rank(b.to) || compare(a.to, b.to),
  );
  for (const { to, via, device, fromKernel, source, onlink } of sorted) {
    const bridge = devices.find((entry) => entry.name === device && entry.kind === 'bridge');
    const idle = bridge && !devices.some((entry) => entry.master === device) && !busybox ? ' linkdown' : '';
    const kernel = fromKernel ? `${busybox ? '' : 'proto kernel '}scope link ${busybox ? ' ' : ''}` : '';
    const text = `${to} ${via ? `via ${via} ` : ''}dev ${device} ${kernel}${source ? `src ${source} ` : ''}${onlink ? 'onlink ' : ''}`;
    stdout(`${text.trimEnd()}${idle} \n`);
  }
  return 0;
}

function rank(to: string): number {
  return to === 'default' ? 0 : 1;
}

function compare(a: string, b: string): number {
  const key = (text: string) =>
    text
      .split(/[./]/)
      .map((part) => part.padStart(3, '0'))
      .join('.');
  return key(a) < key(b) ? -1 : 1;
}
