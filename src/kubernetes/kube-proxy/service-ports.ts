import type { Service } from '../api/generated/core-v1';
import type { EndpointSlice } from '../api/generated/discovery-v1';
import { portName } from './names';

/** One back end: an address and a port. Several Pods on one node's network share it. */
export interface Backend {
  readonly address: string;
  readonly port: number;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  /** On this node. */
  readonly local: boolean;
}

/** A port of a Service with the back ends that this node would use. */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  readonly portName: string | undefined;
  /** `default/web:http` */
  readonly name: string;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly clusterIPs: readonly string[];
  readonly externalIPs: readonly string[];
  readonly port: number;
  readonly nodePort: number | undefined;
  readonly internalLocal: boolean;
  readonly externalLocal: boolean;
  /** `sessionAffinity: ClientIP`: for how many seconds. */
  readonly affinitySeconds: number | undefined;
  readonly cluster: readonly Backend[];
  readonly local: readonly Backend[];
}

/** Every Service port of the cluster as the kube-proxy of `node` sees it, in the order in which the Services were made. */
export function servicePorts(
  services: readonly Service[],
  slices: readonly EndpointSlice[],
  node: string,
): ServicePort[] {
  return [...services].sort(byAge).flatMap((service) => {
    const { spec, metadata } = service;
    const namespace = metadata.namespace ?? 'default';
    const addresses = (spec?.clusterIPs ?? [spec?.clusterIP ?? '']).filter((ip) => ip !== '' && ip !== 'None');
    if (!spec || spec.type === 'ExternalName' || addresses.length === 0) return [];
    const own = slices.filter(
      (slice) =>
        slice.metadata.namespace === namespace &&
        slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name &&
        slice.addressType === 'IPv4',
    );
    return (spec.ports ?? []).map((port): ServicePort => {
      const backends = mergeBackends(own, port.name, node);
      const inUse = usable(backends);
      const local = usable(backends.filter((backend) => backend.local));
      return {
        namespace,
        service: metadata.name,
        portName: port.name,
        name: portName(namespace, metadata.name, port.name),
        protocol: protocolOf(port.protocol),
        clusterIPs: addresses,
        externalIPs: spec.externalIPs ?? [],
        port: port.port,
        nodePort: port.nodePort || undefined,
        internalLocal: spec.internalTrafficPolicy === 'Local',
        externalLocal: spec.externalTrafficPolicy === 'Local',
        affinitySeconds:
          spec.sessionAffinity === 'ClientIP'
            ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800)
            : undefined,
        cluster: inUse,
        local,
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

/**
 * The back ends of one port. They are kept by `IP:port`, so Pods that share a node's network collapse into one, and
 * only one Pod's conditions survive: the last that is not terminating (pkg/proxy/endpointslicecache.go,
 * `addEndpoints`; upstream calls the result undefined).
 */
function mergeBackends(slices: readonly EndpointSlice[], port: string | undefined, node: string): Backend[] {
  const merged = new Map<string, Backend>();
  for (const slice of slices) {
    const number = slice.ports?.find((entry) => (entry.name ?? '') === (port ?? ''))?.port;
    if (number === undefined) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const address = endpoint.addresses[0];
      if (address === undefined) continue;
      const { ready = true, serving = ready, terminating = false } = endpoint.conditions ?? {};
      const backend = { address, port: number, ready, serving, terminating, local: endpoint.nodeName === node };
      const key = backendText(backend);
      if (!merged.has(key) || !terminating) merged.set(key, backend);
    }
  }
  return [...merged.values()].sort((a, b) => (backendText(a) < backendText(b) ? -1 : 1));
}

/** Ready ones; if there is none, those that still serve while they end (pkg/proxy/topology.go). */
function usable(backends: readonly Backend[]): Backend[] {
  const ready = backends.filter((backend) => backend.ready);
  return ready.length > 0 ? ready : backends.filter((backend) => backend.serving && backend.terminating);
}

export function backendText({ address, port }: Pick<Backend, 'address' | 'port'>): string {
  return `${address}:${port}`;
}

function protocolOf(text: string | undefined): 'tcp' | 'udp' | 'sctp' {
  return text === 'UDP' ? 'udp' : text === 'SCTP' ? 'sctp' : 'tcp';
}
