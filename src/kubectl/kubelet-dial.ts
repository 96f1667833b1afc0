import type { Cluster } from '@/kubernetes/cluster';
import type { Task } from '@/kubernetes/clock/task';
import { HOST } from '@/kubernetes/network/host';

/** A request of the API server to a kubelet that came to nothing. */
export interface DialFault {
  /** `10.0.0.11:10250` */
  readonly address: string;
  /** `dial tcp 10.0.0.11:10250: connect: connection refused` */
  readonly text: string;
}

// Go's words for ECONNREFUSED, EHOSTUNREACH and the dialler's own limit, and how long each takes.
const faults = {
  refused: { text: 'connect: connection refused', after: 0 },
  unreachable: { text: 'connect: no route to host', after: 3_100 },
  'no route': { text: 'connect: network is unreachable', after: 0 },
  timeout: { text: 'i/o timeout', after: 30_000 },
} as const;

/**
 * Connects the API server to the kubelet of a node, as logs, exec, attach and port-forward need it. Resolves with
 * undefined when somebody listens there, else with the fault, after the time in which it shows.
 */
export function* dialKubelet(cluster: Cluster, node: string): Task<DialFault | undefined> {
  const { network, world } = cluster;
  const server = world.nodes.find((one) => one.roles?.includes('control-plane')) ?? world.nodes[0];
  const own = world.nodes.find((one) => one.name === node);
  if (!server || !own) return undefined;
  const from = { kernel: network.kernel(server.name), namespace: HOST };
  const { result } = network.trace(from, { protocol: 'TCP', address: own.internalIP, port: 10250 });
  if (result === 'answered') return undefined;
  const { text, after } = faults[result];
  const until = cluster.clock.now + after;
  while (cluster.clock.now < until) yield { until };
  const address = `${own.internalIP}:10250`;
  return { address, text: `dial tcp ${address}: ${text}` };
}
