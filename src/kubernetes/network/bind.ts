import { isLoopback } from './address';
import type { BindError, ListenOptions, Process, Socket } from './kernel';

/** What the namespace a process binds in brings to the decision. */
export interface BindScene {
  /** Every address of the namespace's interfaces. */
  addresses(): readonly string[];
  /** Sockets of the namespace. */
  readonly sockets: readonly Socket[];
  /** `net.ipv4.ip_unprivileged_port_start`: 1024 on a machine, 0 in the network that containerd makes for a Pod. */
  readonly unprivilegedPortStart: number;
  uidOf(pid: number): number | undefined;
}

/**
 * Whether Linux lets `process` bind, and if not with which errno. The order of the checks is the kernel's: address,
 * privilege, conflict (`net/ipv4/af_inet.c` `__inet_bind`, `net/ipv6/af_inet6.c`).
 */
export function bindError(process: Process, wanted: Required<Bind>, scene: BindScene): BindError | undefined {
  if (!isWildcard(wanted.address) && !isLocal(wanted.address, scene)) return 'EADDRNOTAVAIL';
  if (
    wanted.port > 0 &&
    wanted.port < scene.unprivilegedPortStart &&
    !process.capabilities.includes('NET_BIND_SERVICE')
  ) {
    return 'EACCES';
  }
  for (const held of scene.sockets) {
    if (!collide(held, wanted)) continue;
    if (held.reusePort && wanted.reusePort && scene.uidOf(held.pid) === process.uid) continue;
    return 'EADDRINUSE';
  }
  return undefined;
}

export type Bind = Pick<ListenOptions, 'protocol' | 'address' | 'port' | 'v6only' | 'reusePort'>;

/** The part of a socket that others can collide with. */
export type Binding = Pick<Socket, 'protocol' | 'address' | 'port' | 'v6only'>;

/** Whether two bindings want the same packets (`net/ipv4/inet_connection_sock.c` `inet_rcv_saddr_equal`). */
export function collide(a: Binding, b: Binding): boolean {
  if (a.protocol !== b.protocol || a.port !== b.port) return false;
  if (isV6(a.address) === isV6(b.address)) {
    return isWildcard(a.address) || isWildcard(b.address) || a.address === b.address;
  }
  const v6 = isV6(a.address) ? a : b;
  return v6.address === '::' && !v6.v6only;
}

/** Whether a socket takes a packet for `address`. A dual-stack `::` takes IPv4 too. */
export function accepts(socket: Binding, address: string): boolean {
  if (socket.address === address) return true;
  if (!isWildcard(socket.address)) return false;
  return isV6(socket.address) === isV6(address) || (socket.address === '::' && !socket.v6only);
}

export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

function isV6(address: string): boolean {
  return address.includes(':');
}

function isLocal(address: string, scene: BindScene): boolean {
  return isLoopback(address) || scene.addresses().includes(address);
}
