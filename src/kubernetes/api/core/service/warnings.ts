// Upstream: pkg/api/service/warnings.go
import type { Service } from '../../generated/core-v1';
import { Path } from '../../field-error';
import type { KindContext } from '../../kind';
import { addressWarnings, networkWarnings } from '../../meta/address-warnings';
import { isHeadless } from './facts';
import { serverFacts } from '../../versions/server-facts';

const topologyHints = 'service.kubernetes.io/topology-aware-hints';
const topologyMode = 'service.kubernetes.io/topology-mode';

const path = Path.of('spec');

export function serviceWarnings(service: Service, _old: Service | undefined, context: KindContext): string[] {
  const { warnsOfExternalIPs, warnsOfPreferClose } = serverFacts[context.kubernetes];
  const { metadata, spec } = service;
  const out: string[] = [];
  if (metadata.annotations?.[topologyHints] !== undefined) {
    out.push(`annotation ${topologyHints} is deprecated, please use ${topologyMode} instead`);
  }
  if (warnsOfExternalIPs && spec.externalIPs?.length && !isHeadless(service)) {
    out.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  }
  out.push(...unusualAddresses(service));
  if (spec.type === 'ExternalName' && spec.externalIPs?.length) {
    out.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (spec.type !== 'ExternalName' && spec.externalName) {
    out.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (warnsOfPreferClose && spec.trafficDistribution === 'PreferClose') {
    out.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
  if (isHeadless(service)) {
    if (spec.loadBalancerIP) out.push('spec.loadBalancerIP is ignored for headless services');
    if (spec.externalIPs?.length) out.push('spec.externalIPs is ignored for headless services');
    if (spec.sessionAffinity !== 'None') out.push('spec.SessionAffinity is ignored for headless services');
  }
  return out;
}

function unusualAddresses({ spec }: Service): string[] {
  const addresses = (field: 'clusterIPs' | 'externalIPs') =>
    (spec[field] ?? []).flatMap((ip, i) => addressWarnings(path.child(field).index(i), ip));
  const ranges = path.child('loadBalancerSourceRanges');
  return [
    ...addresses('clusterIPs'),
    ...addresses('externalIPs'),
    ...(spec.loadBalancerIP ? addressWarnings(path.child('loadBalancerIP'), spec.loadBalancerIP) : []),
    ...(spec.loadBalancerSourceRanges ?? []).flatMap((range, i) => networkWarnings(ranges.index(i), range)),
  ];
}
