import type { Endpoints, Service } from '@/kubernetes/api/generated/core-v1';
import type { EndpointSlice } from '@/kubernetes/api/generated/discovery-v1';
import { type Column, ageColumn, column, nameColumn, orNone, wide } from './column';
import { labelsText } from './selector-text';

export const services: readonly Column<Service>[] = [
  nameColumn(),
  column('TYPE', ({ spec }) => spec.type ?? 'ClusterIP'),
  column('CLUSTER-IP', ({ spec }) => orNone(spec.clusterIPs?.[0] ?? spec.clusterIP)),
  column('EXTERNAL-IP', externalAddress),
  column('PORT(S)', ({ spec }) =>
    orNone(
      (spec.ports ?? [])
        .map((one) => `${one.port}${one.nodePort ? `:${one.nodePort}` : ''}/${one.protocol ?? 'TCP'}`)
        .join(','),
    ),
  ),
  ageColumn(),
  wide('SELECTOR', ({ spec }) => orNone(labelsText(spec.selector))),
];

/** The server never cuts it: it makes every row as for `-o wide`. Upstream: pkg/printers/storage/storage.go */
function externalAddress({ spec, status }: Service): string {
  const own = spec.externalIPs ?? [];
  if (spec.type === 'ExternalName') return orNone(spec.externalName);
  if (spec.type !== 'LoadBalancer') return orNone(own.join(','));
  const ingress = [...new Set((status.loadBalancer?.ingress ?? []).map((one) => one.ip ?? one.hostname ?? ''))].sort();
  return [...ingress.filter(Boolean), ...own].join(',') || '<pending>';
}

export const endpoints: readonly Column<Endpoints>[] = [
  nameColumn(),
  column('ENDPOINTS', (object) => endpointsText(object)),
  ageColumn(),
];

/** Upstream: printers.go `formatEndpoints`: three at most. */
export function endpointsText({ subsets = [] }: Pick<Endpoints, 'subsets'>): string {
  if (subsets.length === 0) return '<none>';
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map((one) => one.ip)
      : ports.flatMap((port) => addresses.map((one) => `${one.ip}:${port.port}`)),
  );
  // Subsets without a ready address print nothing at all.
  return shortened(all);
}

export const endpointSlices: readonly Column<EndpointSlice>[] = [
  nameColumn(),
  column('ADDRESSTYPE', (slice) => slice.addressType),
  column('PORTS', ({ ports }) => unset(shortened((ports ?? []).map((one) => String(one.port ?? one.name ?? '*'))))),
  column('ENDPOINTS', (slice) => unset(shortened((slice.endpoints ?? []).flatMap((one) => one.addresses)))),
  ageColumn(),
];

function shortened(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).join(',');
  return texts.length > 3 ? `${shown} + ${texts.length - 3} more...` : shown;
}

function unset(text: string): string {
  return text === '' ? '<unset>' : text;
}
