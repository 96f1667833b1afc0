// Upstream: pkg/registry/core/service/storage/storage.go, pkg/registry/core/service/strategy.go, pkg/apis/core/helper
import type { Service, ServicePort } from '../../api/generated/core-v1';

export const headless = 'None';

/** Upstream `needsClusterIP`. */
export function needsClusterIP({ spec }: Service): boolean {
  return spec.type === 'ClusterIP' || spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

/** Upstream `needsNodePort`. */
export function needsNodePort({ spec }: Service): boolean {
  return spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
}

/** Upstream `needsHCNodePort`. */
export function needsHealthCheckPort({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

/** Whether it asks for no address, by either of the two fields, before one is made of the other. */
export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIP === headless || spec.clusterIPs?.[0] === headless;
}

/** Its ports; none where the list is not there. */
export function portsOf({ spec }: Service): ServicePort[] {
  return spec.ports ?? [];
}
