import type { Deployment } from '@/kubernetes/api/generated/apps-v1';
import type { Pod, PodTemplateSpec } from '@/kubernetes/api/generated/core-v1';
import type { KubeObject, ResourceName } from '@/kubernetes/api/object';
import type { Client } from '@/kubernetes/apiserver/client';
import { Cluster } from '@/kubernetes/cluster';
import type { Latency } from '@/kubernetes/world';

/** A cluster of `nodes` nodes whose kubelets only report. */
export function fakeCluster(nodes = 3, without: readonly string[] = [], latency: Partial<Latency> = {}): Cluster {
  const cluster = new Cluster({
    name: 'controllers',
    kubelet: 'fake',
    without,
    latency,
    nodes: Array.from({ length: nodes }, (_, i) => ({ name: `node-${i + 1}`, internalIP: `10.0.0.${11 + i}` })),
  });
  cluster.advance(1000);
  return cluster;
}

/** Creates any object as kubectl would; throws with the server's words when it is refused. */
export function create(cluster: Cluster, manifest: object): void {
  const object = manifest as KubeObject; // a test writes what it means
  const [group, version] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : ['', object.apiVersion];
  const plural = `${object.kind.toLowerCase()}s`;
  const response = cluster.api.handle({
    verb: 'create',
    group: group ?? '',
    version: version ?? '',
    resource: plural,
    namespace: 'default',
    user: 'kubernetes-admin',
    body: object,
  });
  if (response.code >= 300) throw new Error(JSON.stringify(response.body));
}

export function template(image = 'registry.example/web:1', spec: object = {}, port: object = {}): PodTemplateSpec {
  const container = { name: 'app', image, ports: [{ containerPort: 80, ...port }] };
  return {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [container], ...spec },
  } as unknown as PodTemplateSpec;
}

export function deployment(spec: object): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, template: template(), ...spec },
  };
}

export function setImage(client: Client, image: string): void {
  const patch = { spec: { template: { spec: { containers: [{ name: 'app', image }] } } } };
  client.patch('deployments.apps', 'default', 'web', patch, { patchType: 'strategic' });
}

export function web(client: Client): Deployment {
  const found = client.get('deployments.apps', 'default', 'web');
  if (!found) throw new Error('there is no Deployment web');
  return found;
}

export function livePods(client: Client): Pod[] {
  return client.list('pods', 'default').filter((pod) => pod.metadata.deletionTimestamp === undefined);
}

/** `reason: message` of the events about objects of a kind, in the order of their names. */
export function events(client: Client, kind: string): string[] {
  return client
    .list('events', 'default')
    .filter((event) => event.involvedObject.kind === kind)
    .map((event) => `${event.reason ?? ''}: ${event.message ?? ''}`);
}

/** Names of all objects of a resource. */
export function names(client: Client, resource: ResourceName): string[] {
  return client.list(resource, 'default').map((object) => object.metadata.name);
}
