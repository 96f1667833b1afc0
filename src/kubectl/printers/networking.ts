import type {
  IPAddress,
  Ingress,
  IngressClass,
  NetworkPolicy,
  ServiceCIDR,
} from '@/kubernetes/api/generated/networking-v1';
import { type Column, ageColumn, column, nameColumn, orNone } from './column';
import { selectorText } from './selector-text';

export const networkPolicies: readonly Column<NetworkPolicy>[] = [
  nameColumn(),
  column('POD-SELECTOR', ({ spec }) => selectorText(spec.podSelector)),
  ageColumn(),
];

export const ingresses: readonly Column<Ingress>[] = [
  nameColumn(),
  column('CLASS', ({ spec }) => orNone(spec.ingressClassName)),
  column('HOSTS', ({ spec }) => hosts((spec.rules ?? []).map((one) => one.host ?? ''))),
  column('ADDRESS', ({ status }) =>
    (status.loadBalancer?.ingress ?? []).map((one) => one.ip ?? one.hostname ?? '').join(','),
  ),
  column('PORTS', ({ spec }) => (spec.tls?.length ? '80, 443' : '80')),
  ageColumn(),
];

/** Upstream: printers.go `formatHosts`: three at most, `*` where none is named. */
function hosts(names: readonly string[]): string {
  const named = names.filter((name) => name !== '');
  if (named.length === 0) return '*';
  const shown = named.slice(0, 3).join(',');
  return named.length > 3 ? `${shown} + ${named.length - 3} more...` : shown;
}

export const ingressClasses: readonly Column<IngressClass>[] = [
  column('NAME', ({ metadata }) =>
    metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true'
      ? `${metadata.name} (default)`
      : metadata.name,
  ),
  column('CONTROLLER', ({ spec }) => spec.controller ?? ''),
  column('PARAMETERS', ({ spec }) => {
    const to = spec.parameters;
    return to ? `${to.kind}${to.apiGroup ? `.${to.apiGroup}` : ''}/${to.name}` : '<none>';
  }),
  ageColumn(),
];

export const serviceCidrs: readonly Column<ServiceCIDR>[] = [
  nameColumn(),
  column('CIDRS', ({ spec }) => (spec?.cidrs ?? []).join(',')),
  ageColumn(),
];

export const ipAddresses: readonly Column<IPAddress>[] = [
  nameColumn(),
  column('PARENTREF', ({ spec }) => {
    const parent = spec?.parentRef;
    if (!parent) return '<none>';
    const { group = '', resource = '', namespace = '', name = '' } = parent;
    const type = `${resource}${group ? `.${group}` : ''}`.toLowerCase();
    return [type, ...(namespace ? [namespace] : []), name].join('/');
  }),
];
