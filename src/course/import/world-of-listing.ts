import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { JsonObject } from '@/kubernetes/api/object';
import type { WorldFile } from '@/kubernetes/world';
import { isListed, type Listed, objectAt, objectsOf, textOf } from './json';
import { freeAddress, networkAround } from './networks';
import { nodeOf } from './nodes';
import { podStandIn, serviceStandIn } from './stand-ins';

/** Namespaces that every cluster has. */
const always = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** Whether a value that was read from YAML is what `kubectl get -o yaml` prints for several objects, or for one Node. */
export function isListing(value: unknown): value is Listed {
  return isListed(value) && (Array.isArray(value.items) || (value.kind === 'Node' && value.apiVersion === 'v1'));
}

/**
 * A real cluster as a world, from `kubectl get nodes,pods,services -A -o yaml`: its machines, and stand-ins for what runs
 * on them. Undefined when no node with an internal address is listed.
 */
export function worldOfListing(listing: Listed, name: string): WorldFile | undefined {
  const objects = listing.kind === 'Node' ? [listing] : objectsOf(listing.items);
  const kind = (wanted: string) => objects.filter((object) => kindOf(object, listing) === wanted);
  const nodes = kind('Node').flatMap((object) => nodeOf(object) ?? []);
  if (nodes.length === 0) return undefined;
  const addresses = nodes.map((node) => node.internalIP);
  const lan = networkAround(addresses, 24);
  const client = lan === undefined ? undefined : freeAddress(lan, addresses);
  const ranges = nodes.flatMap((node) => node.podCIDR?.split('/')[0] ?? []);
  const podCIDR = ranges.length === nodes.length ? networkAround(ranges, 16) : undefined;
  const standIns = [
    ...kind('Service').flatMap<JsonObject>((object) => serviceStandIn(object) ?? []),
    ...kind('Pod').flatMap<JsonObject>((object) => podStandIn(object) ?? []),
  ];
  return {
    name,
    about: `Made from a listing of a cluster: ${nodes.length} nodes, ${standIns.length} Pods and Services.`,
    ...releaseOf(kind('Node')[0]),
    ...(lan === undefined ? {} : { lan }),
    ...(podCIDR === undefined ? {} : { podCIDR }),
    nodes,
    ...(client === undefined ? {} : { machines: [{ name: 'client', ip: client, interface: 'eth0' }] }),
    objects: [...namespacesOf(standIns), ...standIns],
  };
}

/** The items of `kubectl get pods` alone say their kind each; those of a PodList from the API server do not. */
function kindOf(object: Listed, listing: Listed): string | undefined {
  const ofList = textOf(listing.kind)?.replace(/List$/, '');
  return textOf(object.kind) ?? (ofList === '' ? undefined : ofList);
}

/** The namespaces of objects, where not every cluster has them. */
function namespacesOf(objects: readonly JsonObject[]): JsonObject[] {
  const names = new Set(objects.map((object) => textOf(objectAt(object, 'metadata').namespace) ?? 'default'));
  return [...names]
    .filter((name) => !always.includes(name))
    .sort()
    .flatMap((name) => [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      // Pods are refused in a namespace without it, and they come before its controller begins.
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } },
    ]);
}

/** The release of the first kubelet, where it is of a minor that is simulated. */
function releaseOf(node: Listed | undefined): Pick<WorldFile, 'kubernetes' | 'release'> {
  const release = textOf(objectAt(node, 'status', 'nodeInfo').kubeletVersion);
  const minors: readonly KubernetesVersion[] = ['1.34', '1.35', '1.36'];
  const kubernetes = minors.find((minor) => release?.startsWith(`v${minor}.`));
  return kubernetes === undefined ? {} : { kubernetes, release };
}
