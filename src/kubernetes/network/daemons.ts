import type { HostProcessFile, NodeFile, World } from '../world';

type Listen = HostProcessFile['listens'][number];

/** A process of the machine that holds ports, and what it is called. */
export interface Daemon {
  readonly name: string;
  readonly command: readonly string[];
  readonly listens: readonly (Listen & { v6only?: boolean })[];
  /** Send-Q of its listeners; Go programs take the kernel's somaxconn. */
  readonly backlog?: number;
}

/** `*:10250` of a Go program: an IPv6 wildcard that takes IPv4 as well. */
const any = '::';
const local = '127.0.0.1';

// pkg/cluster/ports/ports.go
const everyNode: readonly Daemon[] = [
  // The streaming server of containerd asks for any free port.
  { name: 'containerd', command: ['/usr/local/bin/containerd'], listens: [{ address: local, port: 0 }] },
  {
    name: 'kubelet',
    command: ['/usr/bin/kubelet', '--config=/var/lib/kubelet/config.yaml'],
    listens: [
      { address: local, port: 10248 },
      { address: any, port: 10250 },
    ],
  },
  {
    name: 'kube-proxy',
    command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf'],
    listens: [
      { address: local, port: 10249 },
      { address: any, port: 10256 },
    ],
  },
];

const controlPlane: readonly Daemon[] = [
  {
    name: 'etcd',
    command: ['etcd'],
    listens: [
      { address: local, port: 2379 },
      { address: local, port: 2380 },
    ],
  },
  { name: 'kube-apiserver', command: ['kube-apiserver'], listens: [{ address: any, port: 6443 }] },
  { name: 'kube-controller-manager', command: ['kube-controller-manager'], listens: [{ address: local, port: 10257 }] },
  { name: 'kube-scheduler', command: ['kube-scheduler'], listens: [{ address: local, port: 10259 }] },
];

/** The processes that hold ports on a node before any Pod runs: those of every node, of its roles, of the world. */
export function daemonsOf(node: NodeFile, world: World): Daemon[] {
  return [
    ...everyNode.filter((daemon) => !world.without.includes(daemon.name)),
    ...(node.roles?.includes('control-plane') ? controlPlane : []),
    ...(node.processes ?? []).map((process) => ({
      name: process.command.split(/\s/)[0]?.split('/').pop() ?? process.command,
      command: process.command.split(/\s+/),
      listens: process.listens,
    })),
  ];
}
