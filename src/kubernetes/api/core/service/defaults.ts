// Upstream: pkg/apis/core/v1/defaults.go `SetDefaults_Service`
import type { Service, ServiceSpec } from '../../generated/core-v1';

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

/** Upstream: pkg/api/v1/service/util.go `ExternallyAccessible` */
function reachableFromOutside(spec: ServiceSpec): boolean {
  return (
    spec.type === 'LoadBalancer' ||
    spec.type === 'NodePort' ||
    (spec.type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0)
  );
}
