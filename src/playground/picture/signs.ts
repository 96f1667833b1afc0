import type { Service } from '@/kubernetes/api/generated/core-v1';
import type { EndpointSlice } from '@/kubernetes/api/generated/discovery-v1';
import type { Cluster } from '@/kubernetes/cluster';
import type { Backend, Sign } from './model';

/** The Services of the reader, each with the Pods behind it: those of the cluster itself are in the tables. */
export function signsOf(cluster: Cluster): Sign[] {
  const services = cluster.store.list('services').filter(({ metadata }) => !isOfTheCluster(metadata));
  if (services.length === 0) return [];
  const slices = cluster.store.list('endpointslices.discovery.k8s.io');
  return services.map((service) => signOf(service, slices));
}

function isOfTheCluster({ namespace, name }: Service['metadata']): boolean {
  return namespace === 'kube-system' || (namespace === 'default' && name === 'kubernetes');
}

function signOf({ metadata, spec = {} }: Service, slices: readonly EndpointSlice[]): Sign {
  const { namespace = 'default', name } = metadata;
  const own = slices.filter(
    (slice) => slice.metadata.namespace === namespace && slice.metadata.labels?.['kubernetes.io/service-name'] === name,
  );
  return {
    key: `${namespace}/${name}`,
    name,
    type: spec.type ?? 'ClusterIP',
    address: spec.type === 'ExternalName' ? (spec.externalName ?? '') : (spec.clusterIP ?? ''),
    ports: (spec.ports ?? []).map(({ port, protocol = 'TCP', targetPort, nodePort }) => ({
      port,
      protocol,
      target: String(targetPort ?? port),
      ...(nodePort === undefined ? {} : { nodePort }),
    })),
    backends: backendsOf(own),
    localOnly: spec.externalTrafficPolicy === 'Local',
  };
}

/** Who is sent to: the ready ones, or those that still serve while they end (pkg/proxy/topology.go). */
function backendsOf(slices: readonly EndpointSlice[]): Backend[] {
  const all = slices.flatMap((slice) => slice.endpoints ?? []);
  const ready = all.filter(({ conditions }) => conditions?.ready !== false);
  const used = ready.length > 0 ? ready : all.filter(({ conditions }) => conditions?.serving && conditions.terminating);
  const backends = used.map(({ addresses, nodeName, targetRef }): Backend => {
    const room = targetRef?.kind === 'Pod' ? `${targetRef.namespace}/${targetRef.name}` : undefined;
    return {
      name: targetRef?.name ?? addresses[0] ?? '',
      ...(nodeName === undefined ? {} : { node: nodeName }),
      ...(room === undefined ? {} : { room }),
    };
  });
  // A Pod with an address of each family, or a Service of many ports, stands in more than one slice.
  return [...new Map(backends.map((one) => [one.room ?? one.name, one])).values()];
}

/** For each Pod (by its key) the names of the Services that send to it. */
export function servicesOfRooms(signs: readonly Sign[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { name, backends } of signs) {
    for (const { room } of backends) {
      if (room !== undefined) names.set(room, [...(names.get(room) ?? []), name]);
    }
  }
  return names;
}
