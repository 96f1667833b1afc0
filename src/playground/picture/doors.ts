import type { HostKernel } from '@/kubernetes/network/host';
import type { Door } from './model';

/** Listeners of a network namespace, one per port and protocol (IPv4 and IPv6 are one door). */
export function doorsIn(kernel: HostKernel, namespace: string): (Door & { readonly address: string })[] {
  const doors = new Map<string, Door & { readonly address: string }>();
  for (const socket of kernel.sockets(namespace)) {
    const key = `${socket.port}/${socket.protocol}`;
    const loopback = socket.address.startsWith('127.') || socket.address === '::1';
    if (doors.has(key) && loopback) continue;
    const process = kernel.process(socket.pid);
    const owner = process?.owner;
    doors.set(key, {
      port: socket.port,
      protocol: socket.protocol,
      address: loopback ? '127.0.0.1' : socket.address,
      program: process?.comm ?? '',
      room: owner?.kind === 'Pod' ? `${owner.namespace}/${owner.name}` : undefined,
    });
  }
  return [...doors.values()].sort((a, b) => a.port - b.port);
}
