import type { Container } from '../../api/generated/core-v1';
import { HOST } from '../../network/host';
import type { Application } from '../../network/kernel';
import type { ContainerRecord } from '../../runtime/records';
import type { KubeletHost } from '../host';

/** Where a probe goes. */
export interface Target {
  readonly address: string;
  readonly port: number;
}

/** What comes of a connection: who answers, or why nobody does. */
export type Connection = Application | 'refused' | 'no answer';

/** The Pod's address, unless the probe names a host of its own. */
export function targetOf(host: KubeletHost, record: ContainerRecord, asked: string | undefined, port: number): Target {
  return { address: asked || (host.runtime.sandbox(record.sandbox)?.ip ?? host.hostIP ?? ''), port };
}

/** Connects from the node: to its own addresses and its Pods directly, to any other over the network. */
export function connect(host: KubeletHost, record: ContainerRecord, { address, port }: Target): Connection {
  const { kernel, cluster } = host.runtime;
  const sandbox = host.runtime.sandbox(record.sandbox);
  const to = address === 'localhost' ? '127.0.0.1' : address;
  if (sandbox?.ip === to || isOwn(kernel.addresses(HOST), to)) {
    const namespace = sandbox?.ip === to ? sandbox.namespace : HOST;
    const socket = kernel.openSockets.taking(namespace, 'TCP', to, port);
    return socket ? (kernel.openSockets.application(socket.id) ?? silent) : 'refused';
  }
  const { result, arrival } = cluster.network.trace(
    { kernel, namespace: HOST },
    { protocol: 'TCP', address: to, port },
  );
  if (result === 'refused') return 'refused';
  if (result !== 'answered' || !arrival?.socket) return 'no answer';
  return arrival.kernel.openSockets.application(arrival.socket.id) ?? silent;
}

const silent: Application = () => ({ data: '' });

function isOwn(addresses: readonly string[], address: string): boolean {
  return address.startsWith('127.') || addresses.includes(address);
}

/**
 * A probe's connection was taken and is over. The kubelet asks by HTTP with `Connection: close`, so that the program says
 * goodbye first; a TCP probe has what it came for and closes itself (pkg/probe/tcp/tcp.go). The SO_LINGER of
 * pkg/probe/dialer_others.go does not shorten what the kernel keeps.
 */
export function leaveWaiting(host: KubeletHost, record: ContainerRecord, target: Target, first: 'client' | 'server') {
  const { kernel } = host.runtime;
  const sandbox = host.runtime.sandbox(record.sandbox);
  const address = target.address === 'localhost' ? '127.0.0.1' : target.address;
  const inPod = sandbox?.ip === address;
  // Elsewhere than on this machine: only its own end is known here.
  if (first === 'server' && !inPod && !isOwn(kernel.addresses(HOST), address)) return;
  const own = { address: sourceOf(host, record, { ...target, address }), port: kernel.ephemeralPort() };
  const theirs = { address, port: target.port };
  if (first === 'client') {
    kernel.leaveWaiting(HOST, { local: own, peer: theirs, v6: address.includes(':') });
    return;
  }
  const namespace = inPod ? sandbox.namespace : HOST;
  const socket = kernel.openSockets.taking(namespace, 'TCP', address, target.port);
  kernel.leaveWaiting(namespace, { local: theirs, peer: own, v6: socket?.address.includes(':') ?? false });
}

/** The node reaches its own addresses from themselves, and its Pods from the address of the bridge. */
export function sourceOf(host: KubeletHost, record: ContainerRecord, { address }: Target): string {
  const { kernel } = host.runtime;
  if (isOwn(kernel.addresses(HOST), address)) return address;
  const sandbox = host.runtime.sandbox(record.sandbox);
  return kernel.routes(sandbox?.namespace ?? HOST).find((route) => route.to === 'default')?.via ?? address;
}

/** `10.0.0.11:80`, `[::1]:80`: Go's net.JoinHostPort. */
export function hostPort({ address, port }: Target): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Go's net.OpError of a connection that nobody took. A name that stands for both families is tried by IPv6 first. */
export function refused(target: Target): string {
  const address = target.address === 'localhost' ? '::1' : target.address;
  return `dial tcp ${hostPort({ ...target, address })}: connect: connection refused`;
}

/**
 * A port's number, or that of the container port that has this name; a text is Go's error about what is neither.
 * Upstream: pkg/probe/util.go `ResolveContainerPort`.
 */
export function portNumber(container: Container, port: string | number): number | string {
  const named = container.ports?.find((one) => one.name === port)?.containerPort;
  const number = named ?? Number(port);
  if (!Number.isInteger(number)) return `strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`;
  return number > 0 && number < 65_536 ? number : `invalid port number: ${number}`;
}
