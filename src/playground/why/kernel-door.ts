import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import type { HostKernel, Refusal } from '@/kubernetes/network/host';
import type { Socket } from '@/kubernetes/network/kernel';
import type { WhyDoor } from './door';

/** Texts of errno as the C library has them. */
const errors: Readonly<Record<Refusal['error'], string>> = {
  EADDRINUSE: 'Address already in use',
  EACCES: 'Permission denied',
  EADDRNOTAVAIL: 'Cannot assign requested address',
};

/** What the kernel of its node says to the ports that the Pod's programs bind. */
export function kernelDoor(cluster: Cluster, pod: Pod, start: number): WhyDoor {
  const door = 'kernel';
  const { nodeName } = pod.spec;
  if (!nodeName || !cluster.network.hasHost(nodeName)) return { door, state: 'ahead', text: '', because: [] };
  const kernel = cluster.network.kernel(nodeName);
  const own = (pid: number, revision?: number) => kernel.process(pid, revision)?.owner?.uid === pod.metadata.uid;
  const sockets = kernel.sockets().filter((socket) => own(socket.pid));
  const refusal = kernel.refusals.findLast(({ pid, revision }) => own(pid, revision));
  if (refusal && sockets.length === 0) {
    const { wanted, error, at, revision } = refusal;
    const text = `bind ${endpoint(wanted)}: ${errors[error]}`;
    return { door, state: 'refused', at: at - start, text, because: holders(kernel, refusal, revision) };
  }
  if (sockets.length === 0) return { door, state: 'ahead', text: '', because: [] };
  const listening = [...new Set(sockets.map((socket) => `${endpoint(socket)}/${socket.protocol}`))];
  return { door, state: 'passed', text: listening.join(', '), because: [] };
}

/** Who held the port at the moment of the refusal. */
function holders(kernel: HostKernel, { pid, wanted }: Refusal, revision: number): string[] {
  const namespace = kernel.process(pid, revision)?.namespace;
  const held = kernel
    .sockets(namespace, revision)
    .filter((socket) => socket.port === wanted.port && socket.protocol === wanted.protocol);
  return held.map((socket) => {
    const process = kernel.process(socket.pid, revision);
    const owner = process?.owner ? ` of Pod ${process.owner.name}` : '';
    return `${endpoint(socket)}/${socket.protocol} on ${kernel.host} is held by ${process?.comm ?? '?'}${owner}`;
  });
}

function endpoint({ address, port }: Pick<Socket, 'address' | 'port'>): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
