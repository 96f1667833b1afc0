import type { Service } from '../api/generated/core-v1';
import type { EndpointSlice } from '../api/generated/discovery-v1';
import { type Reach, categorize, mergeBackends } from './backends';
import { portName } from './names';

/** A port of a Service with the back ends that this node would use. */
export interface ServicePort extends Reach {
  readonly namespace: string;
  readonly service: string;
  readonly portName: string | undefined;
  /** `default/web:http` */
  readonly name: string;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly clusterIPs: readonly string[];
  readonly externalIPs: readonly string[];
  /** Addresses that a load balancer leaves in the packets it sends (`ipMode: VIP`). */
  readonly loadBalancerIPs: readonly string[];
  /** From where load balancers' addresses may be asked; empty: from everywhere. */
  readonly sourceRanges: readonly string[];
  readonly port: number;
  readonly nodePort: number | undefined;
  readonly healthCheckNodePort: number | undefined;
  readonly internalLocal: boolean;
  readonly externalLocal: boolean;
  /** `sessionAffinity: ClientIP`: for how many seconds. */
  readonly affinitySeconds: number | undefined;
}

/** pkg/proxy/serviceport.go, `ExternallyAccessible` */
export function hasOutside({ nodePort, externalIPs, loadBalancerIPs }: ServicePort): boolean {
  return nodePort !== undefined || externalIPs.length > 0 || loadBalancerIPs.length > 0;
}

/** Whether load balancers' addresses may be asked from some places only. */
export function hasFirewall({ loadBalancerIPs, sourceRanges }: ServicePort): boolean {
  return loadBalancerIPs.length > 0 && sourceRanges.length > 0;
}

const isIPv4 = (address: string) => address !== '' && address !== 'None' && !address.includes(':');

/**
 * Every Service port of the cluster as the kube-proxy of `node` sees it, in the order in which the Services were made.
 * `zone`: of the node; asked only where hints of EndpointSlices need it.
 */
export function servicePorts(
  services: readonly Service[],
  slices: readonly EndpointSlice[],
  node: string,
  zone: () => string = () => '',
): ServicePort[] {
  return [...services].sort(byAge).flatMap((service) => {
    const { spec, metadata } = service;
    const namespace = metadata.namespace ?? 'default';
    const clusterIPs = (spec?.clusterIPs ?? [spec?.clusterIP ?? '']).filter(isIPv4);
    if (!spec || spec.type === 'ExternalName' || clusterIPs.length === 0) return [];
    // cmd/kube-proxy/app/server.go: another proxy takes care of Services with this label.
    if (metadata.labels?.['service.kubernetes.io/service-proxy-name'] !== undefined) return [];
    const own = slices.filter(
      (slice) =>
        slice.metadata.namespace === namespace &&
        slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name &&
        slice.addressType === 'IPv4',
    );
    const ranges = (spec.loadBalancerSourceRanges ?? []).map((range) => range.trim()).filter(isIPv4);
    const shared = {
      namespace,
      service: metadata.name,
      clusterIPs,
      externalIPs: (spec.externalIPs ?? []).filter(isIPv4),
      loadBalancerIPs: (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip = '', ipMode = 'VIP' }) =>
        ipMode === 'VIP' && isIPv4(ip) ? [ip] : [],
      ),
      // One that lets all in is as good as none.
      sourceRanges: ranges.some((range) => range.endsWith('/0')) ? [] : ranges,
      internalLocal: spec.internalTrafficPolicy === 'Local',
      externalLocal: spec.externalTrafficPolicy === 'Local',
      affinitySeconds:
        spec.sessionAffinity === 'ClientIP'
          ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800)
          : undefined,
    };
    const needsHealthCheck = spec.type === 'LoadBalancer' && shared.externalLocal;
    return (spec.ports ?? []).map((port): ServicePort => {
      const nodePort = port.nodePort || undefined;
      const outside = nodePort !== undefined || shared.externalIPs.length > 0 || shared.loadBalancerIPs.length > 0;
      const uses = {
        cluster: !shared.internalLocal || outside,
        local: shared.internalLocal || (shared.externalLocal && outside),
      };
      return {
        ...shared,
        ...categorize(mergeBackends(own, port, node), uses, node, zone),
        portName: port.name,
        name: portName(namespace, metadata.name, port.name),
        protocol: protocolOf(port.protocol),
        port: port.port,
        nodePort,
        healthCheckNodePort: (needsHealthCheck && spec.healthCheckNodePort) || undefined,
      };
    });
  });
}

/**
 * kube-proxy keeps Services in a Go map, which has no order; it comes across them one after the other as they are made.
 * Those of one second go by namespace first, so that what happens at once in two namespaces may be told in either order.
 */
function byAge({ metadata: a }: Service, { metadata: b }: Service): number {
  const [one, other] = [`${a.creationTimestamp}/${a.namespace ?? ''}`, `${b.creationTimestamp}/${b.namespace ?? ''}`];
  if (one !== other) return one < other ? -1 : 1;
  return Number(a.resourceVersion) - Number(b.resourceVersion);
}

function protocolOf(text: string | undefined): 'tcp' | 'udp' | 'sctp' {
  return text === 'UDP' ? 'udp' : text === 'SCTP' ? 'sctp' : 'tcp';
}
