import type { Node, Pod, Service } from '../../api/generated/core-v1';
import type { Endpoint, EndpointPort, EndpointSlice } from '../../api/generated/discovery-v1';
import { deepEqual } from '../../api/object';
import { inStoredOrder } from './port-order';
import { endpointConditions, findPort } from './service-pods';

/** What an EndpointSlice holds. */
export interface Content {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

export interface Plan {
  readonly create: readonly Content[];
  readonly update: readonly { readonly slice: EndpointSlice; readonly content: Content }[];
  readonly remove: readonly EndpointSlice[];
}

/** `MaxEndpointsPerSlice` */
const sliceCapacity = 100;

/** The ports of a Service as one Pod offers them: `getEndpointPorts`. Pods with equal ports share slices. */
export function endpointPorts(service: Service, pod: Pod): EndpointPort[] {
  const ports = (service.spec.ports ?? []).flatMap((port) => {
    const number = findPort(pod, port);
    if (number === undefined) return [];
    const { appProtocol } = port;
    return [
      {
        name: port.name ?? '',
        port: number,
        protocol: port.protocol ?? 'TCP',
        ...(appProtocol ? { appProtocol } : {}),
      },
    ];
  });
  return inStoredOrder(ports, 'EndpointSlice');
}

/** Upstream: staging/src/k8s.io/endpointslice/utils.go `podToEndpoint` */
export function podToEndpoint(service: Service, pod: Pod, node: Node | undefined): Endpoint {
  const { namespace, name, uid } = pod.metadata;
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
  const named = pod.spec.hostname && pod.spec.subdomain === service.metadata.name;
  return {
    addresses: [pod.status.podIP ?? ''],
    conditions: endpointConditions(service, pod),
    ...(named ? { hostname: pod.spec.hostname } : {}),
    nodeName: pod.spec.nodeName,
    targetRef: { kind: 'Pod', name, namespace, uid },
    ...(zone ? { zone } : {}),
  };
}

/**
 * Which slices to write so that they hold `wanted` (one content per set of ports). What is there keeps its place, what
 * is new is appended, and a slice that would go is used again under its name. A slice that is `relabelled` is written even
 * where it holds the same.
 * Upstream: staging/src/k8s.io/endpointslice/reconciler.go
 */
export function planSlices(
  wanted: readonly Content[],
  existing: readonly EndpointSlice[],
  relabelled: (slice: EndpointSlice) => boolean = () => false,
): Plan {
  const create: Content[] = [];
  const update: { slice: EndpointSlice; content: Content }[] = [];
  const remove: EndpointSlice[] = [];
  const matched = new Set<EndpointSlice>();
  for (const { ports, endpoints } of wanted) {
    const slices = existing.filter((slice) => samePorts(slice.ports ?? [], ports));
    for (const slice of slices) matched.add(slice);
    reconcilePorts({ ports, endpoints }, slices, relabelled, { create, update, remove });
  }
  for (const slice of existing) if (!matched.has(slice)) remove.push(slice);
  while (create.length > 0 && remove.length > 0) {
    const content = create.shift();
    const slice = remove.shift();
    if (content && slice) update.push({ slice, content });
  }
  // A Service without endpoints keeps one empty slice.
  if (create.length === 0 && update.length === 0 && existing.length === remove.length) {
    const empty: Content = { ports: [], endpoints: [] };
    const slice = remove.shift();
    if (!slice) create.push(empty);
    else if (!isEmpty(slice) || relabelled(slice)) update.push({ slice, content: empty });
  }
  return { create, update, remove };
}

interface Changes {
  readonly create: Content[];
  readonly update: { slice: EndpointSlice; content: Content }[];
  readonly remove: EndpointSlice[];
}

function reconcilePorts(
  { ports, endpoints }: Content,
  slices: readonly EndpointSlice[],
  relabelled: (slice: EndpointSlice) => boolean,
  changes: Changes,
): void {
  const left = new Map(endpoints.map((endpoint) => [identity(endpoint), endpoint]));
  const kept = slices.map((slice) => {
    const content = (slice.endpoints ?? []).flatMap((endpoint) => {
      const key = identity(endpoint);
      const wanted = left.get(key);
      left.delete(key);
      return wanted ? [wanted] : [];
    });
    return { slice, content };
  });
  let fresh = [...left.values()];
  for (const entry of kept) {
    const room = sliceCapacity - entry.content.length;
    entry.content = [...entry.content, ...fresh.slice(0, room)];
    fresh = fresh.slice(room);
    if (entry.content.length === 0) changes.remove.push(entry.slice);
    else if (!deepEqual(entry.content, entry.slice.endpoints) || relabelled(entry.slice)) {
      changes.update.push({ slice: entry.slice, content: { ports, endpoints: entry.content } });
    }
  }
  for (let i = 0; i < fresh.length; i += sliceCapacity) {
    changes.create.push({ ports, endpoints: fresh.slice(i, i + sliceCapacity) });
  }
}

/** Endpoints are the same one when address and Pod are: `hashEndpoint`. */
function identity({ addresses, targetRef }: Endpoint): string {
  return [...addresses, targetRef?.kind, targetRef?.namespace, targetRef?.name, targetRef?.uid].join('\n');
}

/** Whether two slices tell of the same ports, in whatever order. */
function samePorts(a: readonly EndpointPort[], b: readonly EndpointPort[]): boolean {
  return portsKey(a) === portsKey(b);
}

/** A text that is the same for the same ports: upstream `NewPortMapKey`. */
export function portsKey(ports: readonly EndpointPort[]): string {
  return ports
    .map(({ name, port, protocol, appProtocol }) => [name, port, protocol, appProtocol].join(' '))
    .sort()
    .join('\n');
}

function isEmpty(slice: EndpointSlice): boolean {
  return (slice.endpoints ?? []).length === 0 && (slice.ports ?? []).length === 0;
}
