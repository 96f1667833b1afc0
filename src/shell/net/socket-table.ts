import type { Process, Socket } from '@/kubernetes/network/kernel';
import type { ShellContext } from '../command';

/** One socket with who holds it, as far as the place may see. */
export interface SocketRow {
  readonly socket: Socket;
  /** Empty where the place sees other processes than these. */
  readonly holders: readonly { readonly process: Process; readonly pid: number; readonly fd: number }[];
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

/** nginx has its error log and a pipe open before it listens; a small server has only the three standard streams. */
function firstDescriptor(_socket: Socket, process: Process | undefined): number {
  return process?.comm === 'nginx' ? 5 : 3;
}
