import { HOST } from './host';
import type { Ruleset } from './netfilter/ruleset';
import type { Network } from './network';

const apiServerPort = 6443;

/**
 * Whether the components of a node still reach the API server: a packet filter may have cut the machine off. Asked
 * at every step of the cluster, so the answer is kept until the rules of either machine change.
 */
export class Reachability {
  /** The nodes of components, by the components' names; null for the control plane's. */
  private readonly nodes = new Map<string, string | null>();
  private readonly known = new Map<string, { own: Ruleset; server: Ruleset; cut: boolean }>();

  constructor(private readonly network: Network) {}

  /** `kubelet/node2`: a component of that node; every other name belongs to the control plane. */
  isCut(component: string): boolean {
    const node = this.nodeOf(component);
    if (node === null) return false;
    const server = this.server();
    if (server === undefined || node === server.name || !this.network.hasHost(node)) return false;
    const kernel = this.network.kernel(node);
    const own = kernel.rules();
    const theirs = this.network.kernel(server.name).rules();
    const kept = this.known.get(node);
    if (kept?.own === own && kept.server === theirs) return kept.cut;
    const to = { protocol: 'TCP', address: server.internalIP, port: apiServerPort } as const;
    const { result } = this.network.trace({ kernel, namespace: HOST }, to);
    const cut = result === 'timeout' || result === 'unreachable';
    this.known.set(node, { own, server: theirs, cut });
    return cut;
  }

  /** Whether a component is one of a node's. */
  isOnNode(component: string): boolean {
    return this.nodeOf(component) !== null;
  }

  private nodeOf(component: string): string | null {
    const known = this.nodes.get(component);
    if (known !== undefined) return known;
    const node = /^(?:kubelet|kube-proxy)\/(.+)$/.exec(component)?.[1] ?? null;
    this.nodes.set(component, node);
    return node;
  }

  private server() {
    const { nodes } = this.network.world;
    for (const node of nodes) if (node.roles?.includes('control-plane')) return node;
    return nodes[0];
  }
}
