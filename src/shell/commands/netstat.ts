import { type ShellCommand, plain } from '../command';
import { type SocketRow, inOrder, socketRows, timeWaitRows, unmapped } from '../net/socket-table';
import type { HostKernel } from '@/kubernetes/network/host';
import { hostNameOf } from '@/kubernetes/network/host-name-of';
import { serviceName } from '@/kubernetes/network/service-names';
import { routingTable } from './net-tools';
import { hasFlag, readOptions } from './options';

const longNames: Readonly<Record<string, string>> = {
  tcp: 't',
  udp: 'u',
  listening: 'l',
  numeric: 'n',
  program: 'p',
  programs: 'p',
  all: 'a',
  route: 'r',
  interfaces: 'i',
  statistics: 's',
  wide: 'W',
  timers: 'o',
  inet: '4',
  inet6: '6',
};

/** What of this is not simulated, and why. */
const reasons: Readonly<Record<string, string>> = {
  i: 'what goes through interfaces is not counted',
  s: 'what goes through interfaces is not counted',
  e: 'sockets have no inodes',
  x: 'sockets in files are not simulated',
};

/** `netstat -tulnp`: of net-tools on a machine, of busybox in a container. */
export const netstat: ShellCommand = plain((args, context) => {
  const { busybox, kernel } = context.scene;
  const words = args.map((word) => (word.startsWith('--') ? `-${longNames[word.slice(2)] ?? word}` : word));
  const options = readOptions(words, { flags: [...'tulnpaeWwxris46oc'] });
  const { flags, unknown } = options;
  if (unknown !== undefined) {
    const usage = 'usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}\n';
    if (words.includes('-V')) context.stdout('net-tools 2.10\n');
    else
      context.stderr(
        `netstat: ${busybox ? `unrecognized option: ${unknown}\n` : `invalid option -- '${unknown}'\n${usage}`}`,
      );
    return words.includes('-V') ? 0 : busybox ? 1 : 3;
  }
  if (flags.has('r')) return routingTable(context, flags.has('n'));
  const reason = Object.keys(reasons).find((flag) => flags.has(flag));
  if (reason !== undefined) {
    context.stderr(`netstat: -${reason} is not simulated: ${reasons[reason] ?? ''}\n`);
    return 127;
  }
  const protocols = (['TCP', 'UDP'] as const).filter((protocol) => {
    const none = !hasFlag(options, 't', 'u', 'w');
    return none || flags.has(protocol === 'TCP' ? 't' : 'u');
  });
  const shape = {
    busybox,
    programs: flags.has('p'),
    timers: flags.has('o') ? context.cluster.clock.now : undefined,
    names: flags.has('n') ? undefined : kernel,
  };
  const kind = flags.has('l') ? '(only servers)' : flags.has('a') ? '(servers and established)' : '(w/o servers)';
  context.stdout(`Active Internet connections ${kind}\n`);
  const more = `${shape.programs ? 'PID/Program name    ' : ''}${shape.timers === undefined ? '' : 'Timer'}`;
  // Where nothing follows, net-tools leave out the blank behind the state, and busybox does not.
  const gap = busybox || more !== '' ? ' ' : '';
  context.stdout(`Proto Recv-Q Send-Q Local Address           Foreign Address         State      ${gap}${more}\n`);
  const rows = [
    ...(hasFlag(options, 'l', 'a') ? socketRows(context, protocols) : []),
    ...(flags.has('l') ? [] : timeWaitRows(context.scene)),
  ];
  for (const row of inOrder(rows, protocols)) {
    const v6 = row.socket.address.includes(':');
    if ((flags.has('4') && !flags.has('6') && v6) || (flags.has('6') && !flags.has('4') && !v6)) continue;
    context.stdout(`${line(row, shape)}\n`);
  }
  return 0;
});

interface Shape {
  readonly busybox: boolean;
  readonly programs: boolean;
  /** The time, where timers are told. */
  readonly timers: number | undefined;
  /** Whose names are told instead of numbers. */
  readonly names: HostKernel | undefined;
}

function line({ socket, holders, waiting }: SocketRow, { busybox, programs, timers, names }: Shape): string {
  const v6 = socket.address.includes(':');
  const protocol = `${socket.protocol.toLowerCase()}${v6 && !busybox ? '6' : ''}`;
  const portText = (port: number) => (names ? serviceName(String(port), names.services) : String(port));
  const host = (address: string) => {
    if (!names) return address;
    const any = address === '::' || address === '0.0.0.0';
    return (any ? undefined : hostNameOf(names, address)) ?? (address.includes(':') ? `[${address}]` : address);
  };
  // net-tools tell the IPv4 addresses of an IPv6 socket as such, busybox does not.
  const end = ({ address, port }: { address: string; port: number }) =>
    `${host(busybox ? address : unmapped(address))}:${portText(port)}`.padEnd(23);
  const local = end(socket);
  const foreign = waiting ? end(waiting.peer) : `${host(v6 ? '::' : '0.0.0.0')}:*`.padEnd(23);
  const state = (waiting ? 'TIME_WAIT' : socket.protocol === 'UDP' ? '' : 'LISTEN').padEnd(11);
  const owner = holders.at(-1);
  const program = owner ? `${owner.pid}/${programName(owner.process.command, busybox)}` : '-';
  const left = waiting && timers !== undefined ? waiting.until - timers : undefined;
  const timer = left === undefined ? 'off (0.00/0/0)' : `timewait (${(left / 1000).toFixed(2)}/0/0)`;
  const more = `${programs ? program.slice(0, 19).padEnd(20) : ''}${timers === undefined ? '' : timer}`;
  return `${protocol.padEnd(5)}      0      0 ${local} ${foreign} ${state}${busybox || more !== '' ? ' ' : ''}${more}`;
}

function programName(command: readonly string[], busybox: boolean): string {
  const first = command[0] ?? '';
  const name = first.includes(': ') ? first : (first.split('/').pop() ?? first);
  return busybox ? (name.split(' ')[0] ?? name) : name;
}
