import type { Cluster } from '../cluster';
import { Kubelet, type KubeletTimer } from './kubelet';

/** A kubelet for every node of the world. */
export function kubelets(cluster: Cluster): Kubelet[] {
  return cluster.world.nodes.flatMap((file, index) => {
    const runtime = cluster.runtimes.get(file.name);
    if (!runtime) return [];
    const podCIDR = file.podCIDR ?? `${cluster.world.podCIDR.split('.').slice(0, 2).join('.')}.${index}.0/24`;
    const context = cluster.context<KubeletTimer>(`kubelet/${file.name}`, `system:node:${file.name}`);
    return [new Kubelet(file, podCIDR, context, runtime)];
  });
}
