import type { KubeObject } from './api/object';
import { resourceOf } from './api/registry';
import type { BareServer } from './bare-server';
import { dnsAddon } from './network/dns/addon';
import type { World } from './world';

const namespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** An object of a world that its API server does not take. */
export interface RefusedObject {
  /** `Pod default/web` */
  readonly object: string;
  /** What the server says. */
  readonly message: string;
}

/**
 * What is in a cluster before anybody applies anything: namespaces with their service account, nodes, and the world's own
 * objects. Returns those of the world's that are not there, because the API server refuses them.
 */
export function bootObjects(cluster: BareServer): RefusedObject[] {
  const client = cluster.client('system:apiserver');
  const own = cluster.world.objects
    .filter((object) => object.kind === 'Namespace')
    .map((object) => object as KubeObject); // the API server judges what it is sent
  for (const name of namespaces) {
    // The world may say more of a namespace that is always there: the labels of `default`, say.
    const metadata = { ...own.find((object) => object.metadata.name === name)?.metadata, name };
    client.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata, spec: {}, status: {} });
    client.create('serviceaccounts', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: name },
    });
  }
  for (const one of priorityClasses) client.create('priorityclasses.scheduling.k8s.io', one);
  client.create('services', kubernetesService(cluster.world.serviceCIDR));
  client.create('endpointslices.discovery.k8s.io', kubernetesSlice(cluster.world));
  if (cluster.world.nodes.length > 0) client.create('endpoints', kubernetesEndpoints(cluster.world));
  const refused: RefusedObject[] = [];
  for (const object of [...(cluster.world.dns ? dnsAddon(cluster.world) : []), ...cluster.world.objects]) {
    const draft = object as KubeObject; // the API server judges what it is sent
    // These are made above.
    if (draft.kind === 'Namespace' && namespaces.includes(draft.metadata.name)) continue;
    const info = resourceOf(draft);
    if (!info) {
      refused.push({ object: nameOf(draft), message: `no kind ${draft.kind} of ${draft.apiVersion} is served` });
      continue;
    }
    const { code, body } = cluster.api.handle({
      verb: 'create',
      group: info.group,
      version: info.version,
      resource: info.plural,
      namespace: info.namespaced ? (draft.metadata.namespace ?? 'default') : undefined,
      body: draft,
      user: 'system:apiserver',
    });
    if (code >= 400) refused.push({ object: nameOf(draft), message: String(body.message) });
  }
  return refused;
}

/** A world's objects may be anything: nothing was looked at yet. */
function nameOf({ kind, metadata }: Partial<KubeObject>): string {
  const { namespace, name = '' } = metadata ?? {};
  return `${kind ?? ''} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** The classes that every cluster has. Upstream: pkg/apis/scheduling/v1/helpers.go `SystemPriorityClasses` */
const priorityClasses = (
  [
    ['system-node-critical', 2_000_001_000, 'that must not be moved from their current node'],
    [
      'system-cluster-critical',
      2_000_000_000,
      'that must run in the cluster, but can be moved to another node if necessary',
    ],
  ] as const
).map(([name, value, which]) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  description: `Used for system critical pods ${which}.`,
  preemptionPolicy: 'PreemptLowerPriority' as const,
}));

/** The Service that the API server keeps for itself: the first address of the range. Upstream: pkg/controlplane/controller/kubernetesservice. */
function kubernetesService(serviceCIDR: string) {
  const [network = '10.96.0.0'] = serviceCIDR.split('/');
  const clusterIP = network.replace(/\d+$/, (last) => String(Number(last) + 1));
  const labels = { component: 'apiserver', provider: 'kubernetes' };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default', labels },
    spec: {
      clusterIP,
      ports: [{ name: 'https', port: 443, protocol: 'TCP' as const, targetPort: 6443 }],
      type: 'ClusterIP' as const,
    },
  };
}

/** The addresses behind it: the API servers' machines (without a control plane among the nodes, the first node's). */
function serverAddresses({ nodes }: World): string[] {
  const control = nodes.filter((node) => node.roles?.includes('control-plane'));
  return (control.length > 0 ? control : nodes.slice(0, 1)).map((node) => node.internalIP);
}

const serverPorts = [{ name: 'https', port: 6443, protocol: 'TCP' as const }];

function kubernetesSlice(world: World) {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: serverAddresses(world).map((address) => ({ addresses: [address], conditions: { ready: true } })),
    ports: serverPorts,
  };
}

/** The same in the older form. Upstream: pkg/controlplane/reconcilers. */
function kubernetesEndpoints(world: World) {
  const labels = { 'endpointslice.kubernetes.io/skip-mirror': 'true' };
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'kubernetes', namespace: 'default', labels },
    subsets: [{ addresses: serverAddresses(world).map((ip) => ({ ip })), ports: serverPorts }],
  };
}
