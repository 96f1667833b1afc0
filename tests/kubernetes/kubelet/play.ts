import { simulate } from '@/course/simulation';
import type { Container, Pod, PodSpec } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';

/** A cluster of one node, `node1`, which has no control plane's Pods on it. */
export function oneNode(file: Partial<WorldFile> = {}): Cluster {
  const node = { name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' };
  return simulate({ name: 'one-node', nodes: [node], ...file });
}

/** Makes a Pod with one container, `main`, on `node1`. */
export function run(cluster: Cluster, name: string, container: Partial<Container>, spec: Partial<PodSpec> = {}): void {
  const result = cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { nodeName: 'node1', ...spec, containers: [{ name: 'main', ...container }] },
  });
  if (!result.ok) throw new Error(result.status.message);
}

export function pod(cluster: Cluster, name: string): Pod {
  const found = cluster.client().get('pods', 'default', name);
  if (!found) throw new Error(`no Pod ${name}`);
  return found;
}

/** `Warning Unhealthy Readiness probe failed: …` of everything said about a Pod, oldest first. */
export function events(cluster: Cluster, name: string): string[] {
  const about = cluster
    .client()
    .list('events')
    .filter((event) => event.involvedObject.name === name);
  return about.map((event) => `${event.type} ${event.reason} ${event.message}`);
}
