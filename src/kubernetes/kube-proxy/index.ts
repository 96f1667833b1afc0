import type { Cluster } from '../cluster';
import type { NodeFile } from '../world';
import { KubeProxy } from './proxy';

/** One kube-proxy per node, unless the world runs without. */
export function kubeProxies(cluster: Cluster): KubeProxy[] {
  return cluster.world.nodes.flatMap((node) => kubeProxyOf(cluster, node) ?? []);
}

/** The kube-proxy of one node; undefined in a world without. */
export function kubeProxyOf(cluster: Cluster, node: NodeFile): KubeProxy | undefined {
  return cluster.world.without.includes('kube-proxy') ? undefined : new KubeProxy(cluster, node);
}
