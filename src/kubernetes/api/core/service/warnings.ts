// Upstream: pkg/api/service/warnings.go
import type { Service } from '../../generated/core-v1';
import { isHeadless } from './facts';

const topologyHints = 'service.kubernetes.io/topology-aware-hints';
const topologyMode = 'service.kubernetes.io/topology-mode';

export function serviceWarnings(service: Service): string[] {
  const { metadata, spec } = service;
  const out: string[] = [];
  if (metadata.annotations?.[topologyHints] !== undefined) {
    out.push(`annotation ${topologyHints} is deprecated, please use ${topologyMode} instead`);
  }
  if (spec.externalIPs?.length && !isHeadless(service))
    out.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  if (spec.type === 'ExternalName' && spec.externalIPs?.length) {
    out.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (spec.type !== 'ExternalName' && spec.externalName) {
    out.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (spec.trafficDistribution === 'PreferClose') {
    out.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
  if (isHeadless(service)) {
    if (spec.loadBalancerIP) out.push('spec.loadBalancerIP is ignored for headless services');
    if (spec.externalIPs?.length) out.push('spec.externalIPs is ignored for headless services');
    if (spec.sessionAffinity !== 'None') out.push('spec.SessionAffinity is ignored for headless services');
  }
  return out;
}
