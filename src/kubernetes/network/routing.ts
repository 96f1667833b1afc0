import { contains, isLoopback, parseCidr, parseIPv4 } from './address';
import { HOST, type HostKernel } from './host';
import type { Route } from './interfaces';

/** Where a packet goes next. */
export interface NextHop {
  readonly device: string;
  /** The router; undefined when the destination is on the device's own network. */
  readonly via?: string;
  readonly route?: Route;
}

/** Whether an address belongs to the namespace itself: its interfaces', or loopback. */
export function isLocalAddress(kernel: HostKernel, namespace: string, address: string): boolean {
  return isLoopback(address) || kernel.addresses(namespace).includes(address);
}

/** The longest prefix that fits; local addresses are reached over `lo`. */
export function lookupRoute(kernel: HostKernel, namespace: string, address: string): NextHop | undefined {
  if (isLocalAddress(kernel, namespace, address)) return { device: 'lo' };
  const destination = parseIPv4(address);
  let best: { route: Route; prefix: number } | undefined;
  for (const route of kernel.routes(namespace)) {
    const range = route.to === 'default' ? undefined : parseCidr(route.to);
    const prefix = range?.prefix ?? 0;
    if (best && prefix <= best.prefix) continue;
    const fits =
      route.to === 'default'
        ? !address.includes(':')
        : range && destination !== undefined && contains(range, destination);
    if (fits) best = { route, prefix };
  }
  return best && { device: best.route.device, via: best.route.via, route: best.route };
}

/** The source that the kernel chooses for a new connection: of the route, else the first of the device. */
export function sourceAddress(kernel: HostKernel, namespace: string, destination: string): string | undefined {
  if (destination.startsWith('127.')) return '127.0.0.1';
  if (isLocalAddress(kernel, namespace, destination)) return destination;
  const hop = lookupRoute(kernel, namespace, destination);
  return hop && (hop.route?.source ?? firstAddress(kernel, namespace, hop.device));
}

/** MASQUERADE: the first address of the outgoing device; `lo` has none to show, so another device's is taken. */
export function masqueradeAddress(kernel: HostKernel, device: string | undefined): string {
  const devices = kernel.interfaces(HOST).filter((entry) => entry.kind !== 'loopback');
  const chosen = devices.find((entry) => entry.name === device) ?? devices[0];
  return chosen?.addresses.find((entry) => !entry.address.includes(':'))?.address ?? '0.0.0.0';
}

function firstAddress(kernel: HostKernel, namespace: string, device: string): string | undefined {
  return kernel
    .interfaces(namespace)
    .find((entry) => entry.name === device)
    ?.addresses.find((entry) => !entry.address.includes(':'))?.address;
}
