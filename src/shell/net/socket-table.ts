import type { Process, Socket } from '@/kubernetes/network/kernel';
import type { TimeWait } from '@/kubernetes/network/time-wait';
import type { Scene } from '../scene';
import type { ShellContext } from '../command';

/** One socket with who holds it, as far as the place may see. */
export interface SocketRow {
  readonly socket: Socket;
  /** Empty where the place sees other processes than these. */
  readonly holders: readonly { readonly process: Process; readonly pid: number; readonly fd: number }[];
  /** Of a connection in TIME-WAIT: its other end, and until when. */
  readonly waiting?: Pick<TimeWait, 'peer' | 'until'>;
}

/** The sockets of the place's network namespace: IPv4 before IPv6, each in the order in which they were made. */
export function socketRows({ scene }: ShellContext, protocols: readonly Socket['protocol'][]): SocketRow[] {
  const { kernel, namespace, process: own } = scene;
  const all = kernel.sockets(namespace).filter((socket) => protocols.includes(socket.protocol));
  const rank = (socket: Socket) => protocols.indexOf(socket.protocol) * 2 + (socket.address.includes(':') ? 1 : 0);
  return all
    .sort((a, b) => rank(a) - rank(b) || a.id - b.id)
    .map((socket) => {
      const visible = kernel
        .holders(socket)
        .filter((process) => own === undefined || process.pidNamespace === own.pidNamespace);
      const mine = all.filter((other) => other.pid === socket.pid).sort((a, b) => a.id - b.id);
      const fd = firstDescriptor(socket, kernel.process(socket.pid)) + mine.indexOf(socket);
      return {
        socket,
        holders: visible.map((process) => ({ process, fd, pid: own === undefined ? process.pid : process.innerPid })),
      };
    });
}

/** What the place's network namespace keeps of TCP connections that have ended, oldest first. */
export function timeWaitRows({ kernel, namespace }: Pick<Scene, 'kernel' | 'namespace'>): SocketRow[] {
  return kernel.timeWaits(namespace).map(({ local, peer, v6, until }): SocketRow => {
    const address = mapped(local.address, v6);
    const socket = { id: 0, pid: 0, namespace, protocol: 'TCP' as const, address, port: local.port };
    return {
      socket: { ...socket, v6only: true, reusePort: false, backlog: 0 },
      holders: [],
      waiting: { peer: { address: mapped(peer.address, v6), port: peer.port }, until },
    };
  });
}

/** As tools tell them: protocol by protocol, IPv4 before IPv6, those that listen before those that are over. */
export function inOrder(rows: readonly SocketRow[], protocols: readonly Socket['protocol'][]): SocketRow[] {
  const rank = ({ socket, waiting }: SocketRow) =>
    protocols.indexOf(socket.protocol) * 4 + (socket.address.includes(':') ? 2 : 0) + (waiting ? 1 : 0);
  return rows.filter(({ socket }) => protocols.includes(socket.protocol)).sort((a, b) => rank(a) - rank(b));
}

/** An IPv4 address as a socket of IPv6 has it. */
function mapped(address: string, v6: boolean): string {
  return v6 && !address.includes(':') ? `::ffff:${address}` : address;
}

/** The address behind `::ffff:`, or the address. */
export function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/, '');
}

/** nginx has its error log and a pipe open before it listens; a small server has only the three standard streams. */
function firstDescriptor(_socket: Socket, process: Process | undefined): number {
  return process?.comm === 'nginx' ? 5 : 3;
}
