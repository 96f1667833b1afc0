import { type ShellCommand, type ShellContext, plain } from '../command';
import { serviceName } from '@/kubernetes/network/service-names';
import { type SocketRow, inOrder, socketRows, timeWaitRows, unmapped } from '../net/socket-table';
import { hasFlag, lastValue, readOptions } from './options';
import { FilterProblem, readFilter } from './ss-filter';

/** Options of `ss` whose answers are not simulated. */
const others = [
  'i',
  'm',
  'K',
  'Z',
  'z',
  'N',
  'D',
  'E',
  '0',
  'd',
  'M',
  'e',
  'info',
  'memory',
  'kill',
  'events',
  'extended',
];

const known = {
  flags: (
    't u S l n p a 4 6 H o x O b r w s B T tcp udp sctp listening numeric processes all no-header unix options ipv4 ipv6 ' +
    'oneline bpf resolve raw summary'
  ).split(' '),
  withValue: ['A', 'f', 'F', 'query', 'socket', 'family', 'filter'],
};

/** `ss` of iproute2: sockets that listen, connections in TIME-WAIT. A connection is over as soon as it is made. */
export const ss: ShellCommand = plain((args, context) => {
  const first = refusalOf(args);
  if (first) {
    (first.code === 0 ? context.stdout : context.stderr)(first.text);
    return first.code;
  }
  try {
    return list(args, context);
  } catch (problem) {
    if (!(problem instanceof FilterProblem)) throw problem;
    context.stderr(problem.message);
    return problem.code;
  }
});

function list(args: readonly string[], context: ShellContext): number {
  const options = readOptions(args, known);
  const family = lastValue(options, 'f', 'family') ?? 'inet4 inet6';
  if (!/^(?:inet6?|inet4 inet6|unix|link|netlink|vsock|tipc|xdp)$/.test(family)) {
    context.stderr(`ss: "${family}" is invalid family\n`);
    return 255;
  }
  const query = (lastValue(options, 'A', 'query', 'socket') ?? '').split(',');
  const asked = (letter: string, name: string) => hasFlag(options, letter, name) || query.includes(name);
  const { state, listens, ended, fits } = readFilter(options.operands);
  const protocols = [
    ...(asked('u', 'udp') || query.includes('inet') ? (['UDP'] as const) : []),
    ...(asked('t', 'tcp') || query.includes('inet') ? (['TCP'] as const) : []),
    ...(asked('S', 'sctp') ? (['SCTP'] as const) : []),
  ];
  const raw = asked('w', 'raw');
  const only = (asked('x', 'unix') || raw || family === 'unix') && protocols.length === 0;
  const every = protocols.length === 0;
  const wanted = every ? (['UDP', 'TCP'] as const) : protocols;
  const listening = !only && (state === undefined ? hasFlag(options, 'l', 'a', 'listening', 'all') : listens);
  // Those in TIME-WAIT are no sockets any more: without -a nobody tells of them.
  const waiting = !only && (state === undefined ? hasFlag(options, 'a', 'all') : ended);
  const rows = [...(listening ? socketRows(context, wanted) : []), ...(waiting ? timeWaitRows(context.scene) : [])];
  const shown = inOrder(rows, wanted).filter(({ socket, waiting: over }) => {
    const v6 = socket.address.includes(':');
    const v4only = hasFlag(options, '4', 'ipv4') || family === 'inet';
    const v6only = hasFlag(options, '6', 'ipv6') || family === 'inet6';
    const plain = { address: unmapped(socket.address), port: socket.port };
    const peer = over && { address: unmapped(over.peer.address), port: over.peer.port };
    return fits({ ...plain, ...(peer && { peer }) }) && (!v4only || !v6 || v6only) && (!v6only || v6 || v4only);
  });
  if (hasFlag(options, 's', 'summary')) {
    summary(context);
    if (every) return 0;
  }
  print(
    shown,
    {
      netid: raw ? !every : wanted.length > 1,
      numeric: hasFlag(options, 'n', 'numeric'),
      processes: hasFlag(options, 'p', 'processes'),
      timers: hasFlag(options, 'o', 'options') ? context.cluster.clock.now : undefined,
      head: !hasFlag(options, 'H', 'no-header'),
      // One state was asked for: it need not be told.
      state: state === undefined || state === 'all',
    },
    context,
  );
  return 0;
}

interface Shape {
  readonly netid: boolean;
  readonly numeric: boolean;
  readonly processes: boolean;
  /** The time, where timers are told. */
  readonly timers: number | undefined;
  readonly head: boolean;
  readonly state: boolean;
}

/** The columns as misc/ss.c lays them out: addresses to the right, ports to the left, each as wide as its widest. */
function print(rows: readonly SocketRow[], shape: Shape, context: ShellContext): void {
  const cells = rows.map(({ socket, holders, waiting }) => ({
    netid: socket.protocol.toLowerCase(),
    state: waiting ? 'TIME-WAIT' : socket.protocol === 'UDP' ? 'UNCONN' : 'LISTEN',
    receive: '0',
    send: String(socket.protocol === 'UDP' ? 0 : socket.backlog),
    local: addressText(socket),
    port: shape.numeric ? String(socket.port) : serviceName(String(socket.port)),
    peer: waiting ? addressText({ ...socket, address: waiting.peer.address }) : peerText(socket),
    peerPort: waiting ? (shape.numeric ? String(waiting.peer.port) : serviceName(String(waiting.peer.port))) : '*',
    process: `${shape.processes ? users(holders) : ''}${timerText(waiting, shape.timers)}`,
  }));
  const head = {
    netid: 'Netid',
    state: 'State',
    receive: 'Recv-Q',
    send: 'Send-Q',
    local: 'Local Address',
    port: 'Port',
    peer: 'Peer Address',
    peerPort: 'Port',
    process: 'Process',
  };
  // Without a heading a column is as wide as what is in it; the queues are at least six wide.
  const all = shape.head
    ? [head, ...cells]
    : cells.map((row) => ({ ...row, receive: row.receive.padEnd(6), send: row.send.padEnd(6) }));
  const width = (name: keyof typeof head) => Math.max(...all.map((row) => row[name].length));
  for (const row of all) {
    const left = (name: keyof typeof head) => row[name].padEnd(width(name));
    const right = (name: keyof typeof head) => row[name].padStart(width(name));
    const netid = shape.netid ? `${left('netid')} ` : '';
    const told = shape.state ? `${left('state')} ` : '';
    const line = `${netid}${told}${left('receive')} ${left('send')} ${right('local')}:${left('port')} ${right('peer')}:${left('peerPort')}${left('process')}`;
    context.stdout(`${line}\n`);
  }
}

function addressText({ address, v6only }: SocketRow['socket']): string {
  if (address === '::') return v6only ? '[::]' : '*';
  return address.includes(':') ? `[${address}]` : address;
}

function peerText({ address, v6only }: SocketRow['socket']): string {
  if (!address.includes(':')) return '0.0.0.0';
  return address === '::' && !v6only ? '*' : '[::]';
}

/** misc/ss.c `tcp_timer_print`: whole seconds where there are ten or more. */
function timerText(waiting: SocketRow['waiting'], now: number | undefined): string {
  if (!waiting || now === undefined) return '';
  const left = waiting.until - now;
  const seconds = Math.floor(left / 1000);
  const rest = String(left % 1000).padStart(3, '0');
  const time = seconds >= 10 ? `${seconds}sec` : seconds > 0 ? `${seconds}.${rest}sec` : `${left}ms`;
  return ` timer:(timewait,${time},0)`;
}

function users(holders: SocketRow['holders']): string {
  if (holders.length === 0) return '';
  return ` users:(${holders.map(({ process, pid, fd }) => `("${process.comm}",pid=${pid},fd=${fd})`).join(',')})`;
}

// misc/ss.c
function refusalOf(args: readonly string[]): { readonly code: number; readonly text: string } | undefined {
  if (args.some((word) => /^(-V|-v|--version)$/.test(word))) return { code: 0, text: 'ss utility, iproute2-6.1.0\n' };
  if (args.some((word) => /^(-h|--help)$/.test(word)))
    return {
      code: 0,
      text: 'Usage: ss [ OPTIONS ]\n       ss [ OPTIONS ] [ FILTER ]\n   -h, --help          this message\n',
    };
  // The value of an option is none itself.
  const letters = args.flatMap((word) => (/^-\w/.test(word) ? [...word.slice(1).replace(/[AfF].*/, '')] : []));
  const long = args.flatMap((word) => (word.startsWith('--') ? [word.slice(2)] : []));
  const unsupported = [...letters, ...long].find((one) => others.includes(one));
  if (unsupported) return { code: 127, text: `ss: -${unsupported} is not simulated; -l, -t, -u, -n, -p and -s are\n` };
  const unknown = letters.find((letter) => !/[tuSlnpa46HoxOshrVwbBT]/.test(letter));
  if (unknown)
    return {
      code: 255,
      text: `ss: invalid option -- '${unknown}'\nUsage: ss [ OPTIONS ]\n       ss [ OPTIONS ] [ FILTER ]\n`,
    };
  return undefined;
}

/** `ss -s`: how many there are of each. */
function summary(context: ShellContext): void {
  const count = (protocol: 'TCP' | 'UDP', v6: boolean) =>
    socketRows(context, [protocol]).filter(({ socket }) => socket.address.includes(':') === v6).length;
  const row = (name: string, v4: number, v6: number) =>
    `${name}\t  ${[v4 + v6, v4, v6].map((value) => String(value).padEnd(9)).join(' ')}\n`;
  const [tcp, tcp6, udp, udp6] = [count('TCP', false), count('TCP', true), count('UDP', false), count('UDP', true)];
  // What the kernel has made for TCP and no longer counts as a socket is closed to it.
  const over = timeWaitRows(context.scene).length;
  context.stdout(
    `Total: ${tcp + tcp6 + udp + udp6}\nTCP:   ${tcp + tcp6 + over} (estab 0, closed ${over}, orphaned 0, timewait ${over})\n\n` +
      `Transport Total     IP        IPv6\n${row('RAW', 0, 0)}${row('UDP', udp, udp6)}${row('TCP', tcp, tcp6)}` +
      `${row('INET', tcp + udp, tcp6 + udp6)}${row('FRAG', 0, 0)}\n`,
  );
}
