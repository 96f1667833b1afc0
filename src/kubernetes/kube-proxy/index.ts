import type { Cluster } from '../cluster';
import { KubeProxy } from './proxy';

/** One kube-proxy per node, unless the world runs without. */
export function kubeProxies(cluster: Cluster): KubeProxy[] {
  if (cluster.world.without.includes('kube-proxy')) return [];
  return cluster.world.nodes.map((node) => new KubeProxy(cluster, node));
}
