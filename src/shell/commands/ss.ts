import { type ShellCommand, type ShellContext, plain } from '../command';
import { serviceName } from '@/kubernetes/network/service-names';
import { type SocketRow, socketRows } from '../net/socket-table';
import { hasFlag, readOptions } from './options';

/** Options of `ss` whose answers are not simulated. */
const others = [
  'b',
  'i',
  'm',
  'K',
  'Z',
  'z',
  'N',
  'D',
  'E',
  'w',
  '0',
  'd',
  'M',
  'info',
  'memory',
  'kill',
  'events',
  'raw',
];

/** `ss` of iproute2: listening sockets. Established connections are not simulated; without `-l` there are none. */
export const ss: ShellCommand = plain((args, context) => {
  const first = refusalOf(args);
  if (first) {
    (first.code === 0 ? context.stdout : context.stderr)(first.text);
    return first.code;
  }
  if (args.some((word) => /^-\w*s|^--summary$/.test(word) && !word.startsWith('--s'))) return summary(context);
  const options = readOptions(args, {
    flags: [
      't',
      'u',
      'S',
      'l',
      'n',
      'p',
      'a',
      '4',
      '6',
      'H',
      'e',
      'o',
      'tcp',
      'udp',
      'sctp',
      'listening',
      'numeric',
      'processes',
      'all',
      'no-header',
      'x',
      'unix',
      'extended',
      'options',
      'ipv4',
      'ipv6',
      'O',
      'oneline',
      'Q',
      'no-queues',
      's',
    ],
  });
  const { state, filter } = stateOf(options.operands);
  const protocols = [
    ...(hasFlag(options, 'u', 'udp') ? (['UDP'] as const) : []),
    ...(hasFlag(options, 't', 'tcp') ? (['TCP'] as const) : []),
    ...(hasFlag(options, 'S', 'sctp') ? (['SCTP'] as const) : []),
  ];
  const every = protocols.length === 0;
  const wanted = every ? (['UDP', 'TCP'] as const) : protocols;
  const only = hasFlag(options, 'x', 'unix') && protocols.length === 0;
  const listening =
    !only && (state ? /^(listen|listening|all)$/.test(state) : hasFlag(options, 'l', 'a', 'listening', 'all'));
  const rows = listening ? socketRows(context, wanted).filter((row) => filtered(row, filter)) : [];
  const shown = rows.filter(({ socket }) => {
    const v6 = socket.address.includes(':');
    return (!hasFlag(options, '4', 'ipv4') || !v6) && (!hasFlag(options, '6', 'ipv6') || v6);
  });
  const numeric = hasFlag(options, 'n', 'numeric');
  print(
    shown,
    {
      netid: wanted.length > 1,
      numeric,
      processes: hasFlag(options, 'p', 'processes'),
      head: !hasFlag(options, 'H', 'no-header'),
      // One state was asked for: it need not be told.
      state: state === undefined || state === 'all',
    },
    context,
  );
  return 0;
});

interface Shape {
  readonly netid: boolean;
  readonly numeric: boolean;
  readonly processes: boolean;
  readonly head: boolean;
  readonly state: boolean;
}

/** The columns as misc/ss.c lays them out: addresses to the right, ports to the left, each as wide as its widest. */
function print(rows: readonly SocketRow[], shape: Shape, context: ShellContext): void {
  const cells = rows.map(({ socket, holders }) => ({
    netid: socket.protocol.toLowerCase(),
    state: socket.protocol === 'UDP' ? 'UNCONN' : 'LISTEN',
    receive: '0',
    send: String(socket.protocol === 'UDP' ? 0 : socket.backlog),
    local: addressText(socket),
    port: shape.numeric ? String(socket.port) : serviceName(String(socket.port)),
    peer: peerText(socket),
    peerPort: '*',
    process: shape.processes ? users(holders) : '',
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
  const all = [head, ...cells];
  const width = (name: keyof typeof head) => Math.max(...all.map((row) => row[name].length));
  for (const row of shape.head ? all : cells) {
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

function users(holders: SocketRow['holders']): string {
  if (holders.length === 0) return '';
  return ` users:(${holders.map(({ process, pid, fd }) => `("${process.comm}",pid=${pid},fd=${fd})`).join(',')})`;
}

/** `state listening …`: the state, and what is left of the filter. */
function stateOf(words: readonly string[]): { readonly state?: string; readonly filter: readonly string[] } {
  const at = words.indexOf('state');
  const state = at < 0 ? undefined : words[at + 1];
  return state === undefined ? { filter: words } : { state, filter: words.filter((_, i) => i !== at && i !== at + 1) };
}

// misc/ss.c
function refusalOf(args: readonly string[]): { readonly code: number; readonly text: string } | undefined {
  if (args.some((word) => word === '-V' || word === '--version'))
    return { code: 0, text: 'ss utility, iproute2-6.1.0\n' };
  const letters = args.flatMap((word) => (/^-\w/.test(word) ? [...word.slice(1)] : []));
  const long = args.flatMap((word) => (word.startsWith('--') ? [word.slice(2)] : []));
  const unsupported = [...letters, ...long].find((one) => others.includes(one));
  if (unsupported) return { code: 127, text: `ss: -${unsupported} is not simulated; -l, -t, -u, -n, -p and -s are\n` };
  const unknown = letters.find((letter) => !/[tuSlnpa46HeoxOQshrVfF]/.test(letter));
  if (unknown)
    return {
      code: 255,
      text: `ss: invalid option -- '${unknown}'\nUsage: ss [ OPTIONS ]\n       ss [ OPTIONS ] [ FILTER ]\n`,
    };
  return undefined;
}

/** `ss -s`: how many there are of each. */
function summary(context: ShellContext): number {
  const count = (protocol: 'TCP' | 'UDP', v6: boolean) =>
    socketRows(context, [protocol]).filter(({ socket }) => socket.address.includes(':') === v6).length;
  const row = (name: string, v4: number, v6: number) =>
    `${name}\t  ${[v4 + v6, v4, v6].map((value) => String(value).padEnd(9)).join(' ')}\n`;
  const [tcp, tcp6, udp, udp6] = [count('TCP', false), count('TCP', true), count('UDP', false), count('UDP', true)];
  context.stdout(
    `Total: ${tcp + tcp6 + udp + udp6}\nTCP:   ${tcp + tcp6} (estab 0, closed 0, orphaned 0, timewait 0)\n\n` +
      `Transport Total     IP        IPv6\n${row('RAW', 0, 0)}${row('UDP', udp, udp6)}${row('TCP', tcp, tcp6)}` +
      `${row('INET', tcp + udp, tcp6 + udp6)}${row('FRAG', 0, 0)}\n`,
  );
  return 0;
}

/** `sport = :80`, `'( sport = :80 or sport = :443 )'`: the one filter people use. */
function filtered({ socket }: SocketRow, words: readonly string[]): boolean {
  const text = words.join(' ');
  const wanted = [...text.matchAll(/sport\s*(?:==?|eq)?\s*:?(\w+)|src\s*:(\w+)/g)].map(
    ([, port, other]) => port ?? other,
  );
  return (
    wanted.length === 0 ||
    wanted.some((port) => port === String(socket.port) || port === serviceName(String(socket.port)))
  );
}
