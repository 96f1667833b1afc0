import { type Cidr, contains, isLoopback, parseCidr, parseIPv4 } from './address';
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
  const isIPv6 = address.includes(':');
  for (const { route, range } of waysOf(kernel.routes(namespace))) {
    const fits = range ? destination !== undefined && contains(range, destination) : !isIPv6;
    if (fits) return { device: route.device, via: route.via, route };
  }
  return undefined;
}

/** A route, and the range that it is for; without one it is the way to everywhere else. */
interface Way {
  readonly route: Route;
  readonly range: Cidr | undefined;
}

/** Routes are never changed in place, so each list is taken apart once. */
const known = new WeakMap<readonly Route[], readonly Way[]>();

/** The longest prefix first; of the same length in the order in which they stand. Ranges of IPv6 are led nowhere. */
function waysOf(routes: readonly Route[]): readonly Way[] {
  const there = known.get(routes);
  if (there) return there;
  const ways = routes.flatMap((route): Way[] => {
    const range = route.to === 'default' ? undefined : parseCidr(route.to);
    return range || route.to === 'default' ? [{ route, range }] : [];
  });
  ways.sort((a, b) => (b.range?.prefix ?? 0) - (a.range?.prefix ?? 0));
  known.set(routes, ways);
  return ways;
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
