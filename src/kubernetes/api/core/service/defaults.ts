// Upstream: pkg/apis/core/v1/defaults.go `SetDefaults_Service`
import type { Service } from '../../generated/core-v1';
import { reachableFromOutside } from './facts';

const clientIPAffinitySeconds = 10_800;

export function defaultService({ spec }: Service): void {
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity === 'ClientIP') {
    const affinity = (spec.sessionAffinityConfig ??= {});
    affinity.clientIP ??= {};
    affinity.clientIP.timeoutSeconds ??= clientIPAffinitySeconds;
  }
  spec.type ||= 'ClusterIP';
  for (const port of spec.ports ?? []) {
    port.protocol ||= 'TCP';
    if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '') port.targetPort = port.port;
  }
  if (reachableFromOutside(spec)) spec.externalTrafficPolicy ||= 'Cluster';
  if (spec.type !== 'ExternalName') spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
}
