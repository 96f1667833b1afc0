import { broadcastOf } from '@/kubernetes/network/address';
import { HOST } from '@/kubernetes/network/host';
import type { Interface } from '@/kubernetes/network/interfaces';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { changeInterfaces } from '../net/change-interfaces';
import { routes, rules } from './ip-route';
import { joinLines } from './text';

/** What `ip` of iproute2 knows and is not simulated. */
const otherObjects = [
  'addrlabel',
  'maddress',
  'monitor',
  'mroute',
  'netconf',
  'ntable',
  'token',
  'tunnel',
  'tuntap',
  'vrf',
  'xfrm',
];

// ip/ip.c `usage`
const usage = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
       ip [ -force ] -batch filename
where  OBJECT := { address | addrlabel | fou | help | ila | ioam | l2tp | link |
                   macsec | maddress | monitor | mptcp | mroute | mrule |
                   neighbor | neighbour | netconf | netns | nexthop | ntable |
                   ntbl | route | rule | sr | tap | tcpmetrics |
                   token | tunnel | tuntap | vrf | xfrm }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -r[esolve] |
                    -h[uman-readable] | -iec | -j[son] | -p[retty] |
                    -f[amily] { inet | inet6 | mpls | bridge | link } |
                    -4 | -6 | -M | -B | -0 |
                    -l[oops] { maximum-addr-flush-attempts } | -br[ief] |
                    -o[neline] | -t[imestamp] | -ts[hort] | -b[atch] [filename] |
                    -rc[vbuf] [size] | -n[etns] name | -N[umeric] | -a[ll] |
                    -c[olor]}
`;

/** `ip [-br] [-o] [-s] [-4|-6] address|link|route|rule|neigh|netns`: of iproute2, or of busybox where the image has only that. */
export const ip: ShellCommand = plain((args, context) => {
  const flags = args.filter((word) => word.startsWith('-'));
  const [object = '', verb = 'show', ...rest] = args.filter((word) => !word.startsWith('-'));
  const is = (name: string) => object !== '' && name.startsWith(object);
  if (flags.some((flag) => /^-V/.test(flag)) && !isBusybox(context)) {
    context.stdout('ip utility, iproute2-6.1.0, libbpf 1.1.0\n');
    return 0;
  }
  if (flags.some((flag) => /^-j/.test(flag))) {
    context.stderr('ip: output as JSON is not simulated\n');
    return 127;
  }
  const verbs = ['add', 'del', 'delete', 'set', 'change', 'replace', 'flush', 'help'];
  if ((is('address') || is('link')) && !isShow(verb) && !verbs.includes(verb)) {
    context.stderr(`Command "${verb}" is unknown, try "ip ${is('address') ? 'address' : 'link'} help".\n`);
    return 255;
  }
  if (is('address'))
    return isShow(verb) ? addresses(rest, flags, context, true) : changeInterfaces('address', verb, rest, context);
  if (is('link'))
    return isShow(verb) ? addresses(rest, flags, context, false) : changeInterfaces('link', verb, rest, context);
  if (is('route') || object === 'ro') return routes([verb, ...rest], flags, context);
  if (is('rule')) return rules(context);
  // Hardware addresses are not asked for here, so none is remembered.
  if (is('neighbour') || is('neighbor')) return 0;
  if (is('netns')) return namespaces(verb, context);
  if (object === '' || is('help')) {
    context.stderr(usage);
    return 255;
  }
  if (otherObjects.some(is)) {
    context.stderr(`ip: ${object} is not simulated\n`);
    return 127;
  }
  context.stderr(`Object "${object}" is unknown, try "ip help".\n`);
  return 1;
});

/** `ip netns`: containerd names the network namespace of every Pod that has its own. */
function namespaces(verb: string, { scene, stdout, stderr }: ShellContext): number {
  if (!isShow(verb)) {
    stderr(`ip: netns ${verb} is not simulated; kubectl exec runs a command inside a Pod\n`);
    return 127;
  }
  if (scene.namespace !== HOST) return 0;
  const pods = scene.kernel.namespaces().filter(({ id }) => id !== HOST);
  const lines = pods.map(({ id }, i) => {
    const name = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)].join('-');
    return `cni-${name} (id: ${i})`;
  });
  stdout(joinLines(lines.reverse()));
  return 0;
}

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
  const wanted = chosen(rest);
  const shown = all.filter((device) => wanted.fits(device));
  if (shown.length === 0 && wanted.name !== undefined) {
    stderr(
      isBusybox(context) ? `ip: can't find device '${wanted.name}'\n` : `Device "${wanted.name}" does not exist.\n`,
    );
    return 1;
  }
  const family = flags.includes('-4') ? 4 : flags.includes('-6') ? 6 : undefined;
  // Of one family only what has an address of it is listed.
  const listed = shown.filter(
    ({ addresses: list }) =>
      !withAddresses ||
      isBusybox(context) ||
      family === undefined ||
      list.some(({ address }) => (family === 6) === address.includes(':')),
  );
  const lines = listed.flatMap((device) => {
    const look = new Look(
      device,
      all,
      isBusybox(context),
      withAddresses ? family : undefined,
      wanted.name === undefined,
    );
    if (flags.some((flag) => /^-br/.test(flag))) return [look.brief(withAddresses)];
    if (flags.includes('-o')) return withAddresses ? look.oneLine() : [look.lines(false).join('\\')];
    return [...look.lines(withAddresses), ...(flags.some((flag) => /^-s/.test(flag)) ? statistics : [])];
  });
  stdout(joinLines(lines));
  return 0;
}

// ip/ipaddress.c `print_link_stats64`. What goes through an interface is not counted here.
const statistics = [
  '    RX:  bytes packets errors dropped  missed   mcast           ',
  '             0       0      0       0       0       0 ',
  '    TX:  bytes packets errors dropped carrier collsns           ',
  '             0       0      0       0       0       0 ',
];

/** `[dev] NAME`, `type KIND`, `master BRIDGE`, `up`: which interfaces are asked for. */
function chosen(words: readonly string[]): { readonly name?: string; readonly fits: (device: Interface) => boolean } {
  let name: string | undefined;
  const tests: ((device: Interface) => boolean)[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === 'type' || word === 'master') {
      const value = words[++i];
      tests.push(({ kind, master }) => (word === 'type' ? kind : master) === value);
    } else if (word === 'up') tests.push(({ up }) => up);
    else if (word === 'scope') i++;
    else {
      const wanted = word === 'dev' ? words[++i] : word;
      name = wanted;
      tests.push((device) => device.name === wanted);
    }
  }
  return { ...(name === undefined ? {} : { name }), fits: (device) => tests.every((test) => test(device)) };
}

/** One interface in the shapes of `ip`. */
class Look {
  constructor(
    private readonly device: Interface,
    private readonly all: readonly Interface[],
    private readonly busybox: boolean,
    private readonly family: 4 | 6 | undefined,
    /** Whether no single interface was asked for. */
    private readonly several: boolean,
  ) {}

  lines(withAddresses: boolean): string[] {
    const { device, busybox } = this;
    const master = device.master ? ` master ${device.master}${busybox ? ' ' : ''}` : '';
    const state = busybox
      ? ''
      : ` state ${this.state} ${withAddresses ? 'group default' : 'mode DEFAULT group default'}`;
    // Bridge ports have no queue of their own here, so no length is printed for them.
    const queue = device.master || device.kind === 'vxlan' || device.kind === 'dummy' ? '' : ' qlen 1000';
    const mtu = device.mtu ?? (device.kind === 'loopback' ? 65536 : 1500);
    // Of IPv6 alone the kernel is asked for less of each interface (ip/ipaddress.c).
    const short = `${device.index}: ${this.name}: <${this.flags}> mtu ${mtu} state ${this.state}${queue}`;
    const head = `${device.index}: ${this.name}: <${this.flags}> mtu ${mtu} qdisc ${device.kind === 'dummy' ? 'noop' : 'noqueue'}${master}${state}${queue}`;
    const link = device.kind === 'loopback' ? 'loopback' : 'ether';
    const broadcast = device.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';
    const peer = device.peer && !busybox ? ' link-netnsid 0' : '';
    const shown = `    link/${link} ${device.mac} brd ${broadcast}${peer}`;
    if (!withAddresses) return [head, shown];
    const inet = this.addresses().flatMap((text) => [`    ${text}`, '       valid_lft forever preferred_lft forever']);
    if (busybox || this.family === undefined) return [head, ...(this.family === 4 ? [] : [shown]), ...inet];
    return [this.lean ? short : `${head}${peer}`, ...inet];
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
    const mistaken = busybox || this.lean ? this.all.find((other) => other.index === device.peer?.index) : undefined;
    return `${device.name}@${mistaken?.name ?? `if${device.peer.index}`}`;
  }

  /** `ip -6 address`: it does not hear whose namespace the other end is in. */
  private get lean(): boolean {
    return this.family === 6 && this.several;
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
    if (device.kind === 'dummy') return 'BROADCAST,NOARP';
    if (!device.up) return 'BROADCAST,MULTICAST';
    const strange =
      busybox && device.peer && !this.all.some((other) => other.index === device.peer?.index) ? ',M-DOWN' : '';
    return this.carrier ? `BROADCAST,MULTICAST,UP,LOWER_UP${strange}` : 'NO-CARRIER,BROADCAST,MULTICAST,UP';
  }
}
