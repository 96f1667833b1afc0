import { broadcastOf, isIPv6, parseIPv4 } from '@/kubernetes/network/address';
import type { Interface, Route } from '@/kubernetes/network/interfaces';
import { isLocalAddress, lookupRoute, sourceAddress } from '@/kubernetes/network/routing';
import type { ShellContext } from '../command';
import { joinLines } from './text';

/** `ip route [show [table T]]`, `ip route get ADDRESS`, with `-6` those of IPv6. */
export function routes(words: readonly string[], flags: readonly string[], context: ShellContext): number {
  const [verb = 'show', ...rest] = words;
  if (verb === 'get' || verb === 'g') return routeTo(rest, context);
  if (!['show', 'list', 'sh', 's', 'ls', 'l'].includes(verb)) {
    context.stderr(`ip: changing routes (ip route ${verb}) is not simulated\n`);
    return 127;
  }
  const table = rest[rest.indexOf('table') + 1];
  const wanted = rest.includes('table') ? table : 'main';
  if (flags.includes('-6')) context.stdout(joinLines(linkRoutes(devicesOf(context))));
  else {
    if (wanted === 'main' || wanted === 'all') showMain(rest, context);
    if (wanted === 'local' || wanted === 'all') context.stdout(joinLines(localRoutes(devicesOf(context), wanted)));
  }
  return 0;
}

/** The three that every machine has. */
export function rules({ stdout }: ShellContext): number {
  stdout('0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n');
  return 0;
}

function devicesOf({ scene }: ShellContext): readonly Interface[] {
  return scene.kernel.interfaces(scene.namespace);
}

// ip/iproute.c `print_route`, networking/libiproute/iproute.c of busybox
function routeTo(words: readonly string[], { scene, stdout, stderr }: ShellContext): number {
  const [address] = words.filter((word) => word !== 'to');
  const { kernel, namespace, busybox } = scene;
  if (address === undefined) {
    stderr('need at least a destination address\n');
    return 1;
  }
  if (parseIPv4(address) === undefined && !isIPv6(address)) {
    stderr(
      busybox
        ? `ip: invalid argument '${address}' to 'inet address'\n`
        : `Error: any valid prefix is expected rather than "${address}".\n`,
    );
    return 1;
  }
  const from = words.includes('from') ? words[words.indexOf('from') + 1] : undefined;
  const hop = lookupRoute(kernel, namespace, address);
  const source = sourceAddress(kernel, namespace, address);
  if (!hop || source === undefined) {
    stderr(`RTNETLINK answers: Network ${busybox ? 'unreachable' : 'is unreachable'}\n`);
    return 2;
  }
  const local = isLocalAddress(kernel, namespace, address);
  const via = hop.via === undefined ? '' : `via ${hop.via} `;
  const start = `${local ? 'local ' : ''}${address} ${from === undefined ? '' : `from ${from} `}${via}dev ${hop.device} ${from === undefined ? `${busybox ? ' ' : ''}src ${source} ` : ''}`;
  stdout(busybox ? `${start}\n` : `${start}uid 0 \n    cache ${local ? '<local> ' : ''}\n`);
  return 0;
}

/** `default`, `10.0.0.0/8`, `dev NAME`, `via ADDRESS`, `proto kernel`: what of the table is asked for. */
function selection(words: readonly string[]) {
  const value = (name: string) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
  const [dev, via, proto] = [value('dev'), value('via'), value('proto') ?? value('protocol')];
  const named = ['dev', 'via', 'proto', 'protocol', 'table', 'scope', 'type'];
  const to = words.find(
    (word, i) => !named.includes(word) && !named.includes(words[i - 1] ?? '') && !/^(to|exact)$/.test(word),
  );
  const fits = (route: Route) =>
    (dev === undefined || route.device === dev) &&
    (via === undefined || route.via === via) &&
    (proto === undefined || route.fromKernel === (proto === 'kernel')) &&
    (to === undefined || route.to === to || (to === '0.0.0.0/0' && route.to === 'default'));
  return { dev, via, proto, fits };
}

function showMain(words: readonly string[], { scene, stdout }: ShellContext): void {
  const { busybox } = scene;
  const devices = scene.kernel.interfaces(scene.namespace);
  const wanted = selection(words);
  const sorted = [...scene.kernel.routes(scene.namespace)]
    .filter(wanted.fits)
    .sort((a, b) => rank(a.to) - rank(b.to) || compare(a.to, b.to));
  for (const { to, via, device, fromKernel, source, onlink } of sorted) {
    const bridge = devices.find((entry) => entry.name === device && entry.kind === 'bridge');
    const idle = bridge && !devices.some((entry) => entry.master === device) && !busybox ? ' linkdown' : '';
    // What was asked for need not be told (ip/iproute.c `print_route`).
    const told = (asked: string | undefined, text: string) => (asked !== undefined && !busybox ? '' : text);
    const proto = told(wanted.proto, busybox ? '' : 'proto kernel ');
    const kernel = fromKernel ? `${proto}scope link ${busybox ? ' ' : ''}` : '';
    const text = `${to} ${via ? told(wanted.via, `via ${via} `) : ''}${told(wanted.dev, `dev ${device} `)}${kernel}${source ? `src ${source} ` : ''}${onlink ? 'onlink ' : ''}`;
    stdout(`${text.trimEnd()}${idle} \n`);
  }
}

/** The table that the kernel fills itself: an entry per address, and per broadcast address. */
function localRoutes(devices: readonly Interface[], table: string): string[] {
  const name = table === 'all' ? 'table local ' : '';
  return devices.flatMap((device) =>
    device.addresses
      .filter(({ address }) => !address.includes(':'))
      .flatMap(({ address, prefix }) => {
        const own = (kind: string, to: string, scope: string) =>
          `${kind} ${to} dev ${device.name} ${name}proto kernel scope ${scope} src ${address} `;
        const network = address.startsWith('127.') ? [own('local', '127.0.0.0/8', 'host')] : [];
        const broadcast = prefix === 32 ? [] : [own('broadcast', broadcastOf(address, prefix), 'link')];
        return [...network, own('local', address, 'host'), ...broadcast];
      }),
  );
}

function linkRoutes(devices: readonly Interface[]): string[] {
  return devices.flatMap(({ name, addresses }) =>
    addresses
      .filter(({ address }) => address.includes(':'))
      .map(({ address, prefix }) =>
        address === '::1'
          ? `::1 dev ${name} proto kernel metric 256 pref medium`
          : `fe80::/${prefix} dev ${name} proto kernel metric 256 pref medium`,
      ),
  );
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
