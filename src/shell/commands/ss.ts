import { type ShellCommand, type ShellContext, plain } from '../command';
import { serviceName } from '@/kubernetes/network/service-names';
import { type SocketRow, socketRows } from '../net/socket-table';
import { hasFlag, readOptions } from './options';

/** `ss` of iproute2: listening sockets. Established connections are not simulated; without `-l` there are none. */
export const ss: ShellCommand = plain((args, context) => {
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
    ],
  });
  const protocols = [
    ...(hasFlag(options, 'u', 'udp') ? (['UDP'] as const) : []),
    ...(hasFlag(options, 't', 'tcp') ? (['TCP'] as const) : []),
    ...(hasFlag(options, 'S', 'sctp') ? (['SCTP'] as const) : []),
  ];
  const every = protocols.length === 0;
  const wanted = every ? (['UDP', 'TCP'] as const) : protocols;
  const listening = hasFlag(options, 'l', 'a', 'listening', 'all');
  const rows = listening ? socketRows(context, wanted).filter((row) => filtered(row, options.operands)) : [];
  const shown = rows.filter(({ socket }) => {
    const v6 = socket.address.includes(':');
    return (!hasFlag(options, '4') || !v6) && (!hasFlag(options, '6') || v6);
  });
  const numeric = hasFlag(options, 'n', 'numeric');
  print(
    shown,
    {
      netid: wanted.length > 1,
      numeric,
      processes: hasFlag(options, 'p', 'processes'),
      head: !hasFlag(options, 'H', 'no-header'),
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
    const line = `${netid}${left('state')} ${left('receive')} ${left('send')} ${right('local')}:${left('port')} ${right('peer')}:${left('peerPort')}${left('process')}`;
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

/** `sport = :80`, `'( sport = :http )'`: the one filter people use. */
function filtered({ socket }: SocketRow, words: readonly string[]): boolean {
  const found = /sport\s*(?:=|==|eq)\s*:(\w+)/.exec(words.join(' '));
  return !found || found[1] === String(socket.port) || found[1] === serviceName(String(socket.port));
}
