import { stringify } from 'yaml';
import type { World } from '@/kubernetes/world';

/** The name of the cluster; kind puts it before the name of every node. */
export const clusterName = 'portbound';

/** A node of the world and the container that stands for it. */
export interface NodePair {
  readonly world: string;
  readonly address: string;
  readonly kind: string;
}

/** kind's own names: https://kind.sigs.k8s.io/docs/user/configuration/ (the second worker is `…-worker2`). */
export function nodePairs(world: World): NodePair[] {
  const counts = { 'control-plane': 0, worker: 0 };
  return world.nodes.map((node) => {
    const role = roleOf(world, node.name);
    const count = ++counts[role];
    const kind = `${clusterName}-${role}${count > 1 ? count : ''}`;
    return { world: node.name, address: node.internalIP, kind };
  });
}

/** kind's configuration file for a cluster like a world: as many nodes, the same ranges, labels and proxy mode. */
export function kindConfig(world: World): string {
  const nodes = world.nodes.map((node) => ({
    role: roleOf(world, node.name),
    ...(node.labels ? { labels: node.labels } : {}),
  }));
  // kind cannot do without a control plane; beside it the world's own nodes are workers.
  const needed = nodes.some((node) => node.role === 'control-plane') ? [] : [{ role: 'control-plane' }];
  return stringify({
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    name: clusterName,
    networking: {
      podSubnet: world.podCIDR,
      serviceSubnet: world.serviceCIDR,
      kubeProxyMode: world.kubeProxy,
    },
    nodes: [...needed, ...nodes],
  });
}

/** A world of one node runs everything on it; in a larger one, what the world says. */
function roleOf(world: World, name: string): 'control-plane' | 'worker' {
  if (world.nodes.length === 1) return 'control-plane';
  return world.nodes.find((node) => node.name === name)?.roles?.includes('control-plane') ? 'control-plane' : 'worker';
}
