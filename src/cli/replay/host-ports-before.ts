import type { Cluster } from '@/kubernetes/cluster';
import { withHostPorts, withoutHostPorts } from '@/kubernetes/network/cni/portmap-iptables';
import type { RecordedStep } from './recording';

/**
 * The nodes on which Pods with host ports had been before a recording began: where the first look at the nat table shows
 * the chains that portmap's mappings share and no mapping. A recording does not state it, but those chains stay.
 */
export function hostPortsBefore(steps: readonly Pick<RecordedStep, 'place' | 'stdout'>[]): string[] {
  const looked = new Set<string>();
  const nodes: string[] = [];
  for (const { place, stdout } of steps) {
    const shared = /^-N CNI-HOSTPORT-DNAT$/m.test(stdout);
    if (looked.has(place) || !(shared || /^-P POSTROUTING /m.test(stdout))) continue;
    looked.add(place);
    if (shared && !stdout.includes('CNI-DN-')) nodes.push(place);
  }
  return nodes;
}

/** Gives a node the mapping of a host port and takes it away again, as portmap does. */
export function hadHostPort(cluster: Cluster, node: string): void {
  const [network, sandbox] = ['before', 'before'];
  const kernel = cluster.network.kernel(node);
  const mapping = { hostPort: 80, containerPort: 80, protocol: 'TCP', hostIP: '' } as const;
  const mapped = withHostPorts(kernel.rules(), network, sandbox, '10.0.0.2', 24, [mapping]);
  kernel.setRules(withoutHostPorts(mapped, network, sandbox));
}
