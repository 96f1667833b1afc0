import type { Cluster } from '../cluster';
import type { NodeFile } from '../world';

/**
 * A node's way to the API server (the first node with the control plane's role, else the first node). A kubelet that is
 * cut off goes on running its Pods and tells nobody.
 */
export class ApiConnection {
  /** What came of the last packet, and the wiring that it found. */
  private last: { readonly wiring: number; readonly reached: boolean } | undefined;

  constructor(
    private readonly cluster: Cluster,
    private readonly node: NodeFile,
  ) {}

  /** Whether its packets arrive. Another one is sent only when something between the machines has changed. */
  get reaches(): boolean {
    const { wiring } = this.cluster.network;
    if (this.last?.wiring !== wiring) this.last = { wiring, reached: this.send() };
    return this.last.reached;
  }

  private send(): boolean {
    const { network, world } = this.cluster;
    const server = world.nodes.find((one) => one.roles?.includes('control-plane')) ?? world.nodes[0];
    if (!server || server.name === this.node.name) return true;
    const from = { kernel: network.kernel(this.node.name), namespace: 'host' };
    const { result } = network.trace(from, { protocol: 'TCP', address: server.internalIP, port: 6443 });
    return result === 'answered' || result === 'refused';
  }
}
