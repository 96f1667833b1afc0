import type { Cluster } from '../cluster';
import type { NodeFile } from '../world';
import { Kubelet, type KubeletTimer } from './kubelet';

/** A kubelet for every node of the world. */
export function kubelets(cluster: Cluster): Kubelet[] {
  return cluster.world.nodes.flatMap((file) => kubeletOf(cluster, file) ?? []);
}

/** The kubelet of a node of the world; undefined for one that has no container runtime. */
export function kubeletOf(cluster: Cluster, file: NodeFile): Kubelet | undefined {
  const runtime = cluster.runtimes.get(file.name);
  if (!runtime) return undefined;
  const { nodes, podCIDR } = cluster.world;
  const range = file.podCIDR ?? `${podCIDR.split('.').slice(0, 2).join('.')}.${nodes.indexOf(file)}.0/24`;
  const context = cluster.context<KubeletTimer>(`kubelet/${file.name}`, `system:node:${file.name}`);
  return new Kubelet(file, range, context, runtime);
}
