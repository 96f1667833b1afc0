// Upstream: pkg/registry/core/service/storage/storage.go, pkg/registry/core/service/strategy.go, pkg/apis/core/helper
import type { Service, ServicePort } from '../../api/generated/core-v1';

export const headless = 'None';

export function needsClusterIP({ spec }: Service): boolean {
  return spec.type === 'ClusterIP' || spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

export function needsNodePort({ spec }: Service): boolean {
  return spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
}

export function needsHealthCheckPort({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIP === headless || spec.clusterIPs?.[0] === headless;
}

export function portsOf({ spec }: Service): ServicePort[] {
  return spec.ports ?? [];
}
