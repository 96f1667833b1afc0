import type { WorldFile } from '@/kubernetes/world';
import { withNodeCount } from './edit-world';

/** What a learner can do to a node, or to the control plane: always a line that one could type. */
export const troubleNames = [
  'cordon',
  'uncordon',
  'drain',
  'taint',
  'takePort',
  'kubeletStop',
  'kubeletStart',
  'cutOff',
  'reconnect',
  'powerOff',
  'powerOn',
  'schedulerStop',
  'schedulerStart',
  'dnsStop',
  'dnsStart',
  'addNode',
] as const;
export type TroubleName = (typeof troubleNames)[number];

/** A line to type, and where. */
export interface TroubleLine {
  readonly place: string;
  readonly line: string;
}

type Make = (node: string, world: WorldFile) => TroubleLine | undefined;

const at = (place: string, line: string): TroubleLine => ({ place, line });

const lines: Readonly<Record<TroubleName, Make>> = {
  cordon: (node) => at('client', `kubectl cordon ${node}`),
  uncordon: (node) => at('client', `kubectl uncordon ${node}`),
  drain: (node) => at('client', `kubectl drain ${node} --ignore-daemonsets --delete-emptydir-data --force`),
  taint: (node) => at('client', `kubectl taint nodes ${node} trouble=yes:NoExecute`),
  takePort: (node) => at(node, 'nc -lk -p 80 &'),
  kubeletStop: (node) => at(node, 'systemctl stop kubelet'),
  kubeletStart: (node) => at(node, 'systemctl start kubelet'),
  cutOff: (node, world) => unlessServer(node, world, at(node, 'iptables -I OUTPUT -p tcp --dport 6443 -j DROP')),
  reconnect: (node, world) => unlessServer(node, world, at(node, 'iptables -D OUTPUT -p tcp --dport 6443 -j DROP')),
  powerOff: (node, world) => unlessServer(node, world, at('client', `portbound node off ${node}`)),
  powerOn: (node, world) => unlessServer(node, world, at('client', `portbound node on ${node}`)),
  schedulerStop: (_, world) => atControlPlane(world, 'systemctl stop kube-scheduler'),
  schedulerStart: (_, world) => atControlPlane(world, 'systemctl start kube-scheduler'),
  dnsStop: (_, world) => withDns(world, 'kubectl scale deployment coredns -n kube-system --replicas=0'),
  dnsStart: (_, world) => withDns(world, 'kubectl scale deployment coredns -n kube-system --replicas=2'),
  addNode: (_, world) => {
    const { name, internalIP } = nextMachine(world);
    return at('client', `portbound node add ${name} ${internalIP}`);
  },
};

/** The line of a trouble on a node; undefined where it cannot be made. */
export function troubleLine(name: TroubleName, node: string, world: WorldFile): TroubleLine | undefined {
  return lines[name](node, world);
}

/** The machine of the API server cannot be taken away from it. */
function unlessServer(node: string, world: WorldFile, line: TroubleLine): TroubleLine | undefined {
  return serverOf(world)?.name === node ? undefined : line;
}

function atControlPlane(world: WorldFile, line: string): TroubleLine | undefined {
  const server = serverOf(world);
  return server?.roles?.includes('control-plane') ? at(server.name, line) : undefined;
}

/** Where a world runs no CoreDNS there is none to stop. */
function withDns(world: WorldFile, line: string): TroubleLine | undefined {
  return world.dns === true ? at('client', line) : undefined;
}

function serverOf({ nodes }: WorldFile) {
  return nodes.find((node) => node.roles?.includes('control-plane')) ?? nodes[0];
}

/** Name and address of the next machine to join. */
function nextMachine(world: WorldFile): { readonly name: string; readonly internalIP: string } {
  const next = withNodeCount(world, world.nodes.length + 1).nodes.at(-1);
  return { name: next?.name ?? 'node', internalIP: next?.internalIP ?? '' };
}
