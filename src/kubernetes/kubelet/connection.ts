import type { Cluster } from '../cluster';
import type { NodeFile } from '../world';

/**
 * Whether a node's packets reach the API server (the first node with the control plane's role, else the first node).
 * A kubelet that is cut off goes on running its Pods and tells nobody.
 */
export function reachesApiServer({ network, world }: Cluster, node: NodeFile): boolean {
  const server = world.nodes.find((one) => one.roles?.includes('control-plane')) ?? world.nodes[0];
  if (!server || server.name === node.name) return true;
  const from = { kernel: network.kernel(node.name), namespace: 'host' };
  const { result } = network.trace(from, { protocol: 'TCP', address: server.internalIP, port: 6443 });
  return result === 'answered' || result === 'refused';
}
