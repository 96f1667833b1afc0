import { Clock } from '@/kubernetes/clock/clock';
import { Revisions } from '@/kubernetes/clock/history';
import { Random } from '@/kubernetes/clock/random';
import { Network } from '@/kubernetes/network/network';
import { HOST } from '@/kubernetes/network/host';
import type { Application, PortMapping } from '@/kubernetes/network/kernel';
import { type WorldFile, completeWorld } from '@/kubernetes/world';

export const threeNodes: WorldFile = {
  name: 'three',
  lan: '192.168.189.0/24',
  nodes: [
    { name: 'k8smaster', internalIP: '192.168.189.200', interface: 'ens33', roles: ['control-plane'] },
    { name: 'node1', internalIP: '192.168.189.201', interface: 'ens33' },
    { name: 'node2', internalIP: '192.168.189.202', interface: 'ens33' },
  ],
  machines: [{ name: 'client', ip: '192.168.189.10' }],
};

/** A network without a cluster around it. */
export function network(world: Partial<WorldFile> = {}): Network {
  return new Network(completeWorld({ ...threeNodes, ...world }), new Revisions(), new Clock(0), new Random(1));
}

/** Answers with the address it saw. */
export const echo: Application = ({ source }) => ({ data: source.address });

export function startProcess(
  net: Network,
  host: string,
  namespace: string = HOST,
  options: { uid?: number; capabilities?: string[] } = {},
) {
  return net.kernel(host).spawn({
    namespace,
    pidNamespace: HOST,
    command: ['test'],
    comm: 'test',
    uid: options.uid ?? 0,
    capabilities: options.capabilities ?? ['NET_BIND_SERVICE'],
  });
}

/** A Pod with one program that listens; returns its address. */
export function addPod(
  net: Network,
  node: string,
  sandbox: string,
  port: number,
  mappings: Partial<PortMapping>[] = [],
): string {
  const kernel = net.kernel(node);
  kernel.createNetworkNamespace(sandbox);
  const full = mappings.map((mapping): PortMapping => ({
    hostPort: 8080,
    containerPort: port,
    protocol: 'TCP',
    hostIP: '',
    ...mapping,
  }));
  const result = net.cni(node).add(sandbox, { apiVersion: 'v1', kind: 'Pod', name: sandbox }, full);
  if (!result.ok) throw new Error(result.error);
  const { pid } = startProcess(net, node, sandbox);
  kernel.listen(pid, { address: '::', port, app: echo });
  return result.ip;
}

/** What a connection from a machine's (or Pod's) network gets: the source that was seen, or how it failed. */
export function ask(net: Network, host: string, address: string, port: number, namespace: string = HOST): string {
  const { walk, response } = net.request({ kernel: net.kernel(host), namespace }, { protocol: 'TCP', address, port });
  return response?.data ?? walk.result;
}
