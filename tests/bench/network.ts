import { MemoryFiles } from '@/course/memory-files';
import { Player } from '@/course/player';
import { simulate } from '@/course/simulation';
import type { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';

/** A terminal on a machine of a cluster: what is typed there, and what it answers. */
export type Typed = (line: string, place: string) => string;

function terminals(cluster: Cluster): Typed {
  const player = new Player(cluster, new MemoryFiles({}));
  return (text, place) => {
    const { stdout, stderr, exitCode } = player.play({ text, place });
    if (exitCode !== 0) throw new Error(`${text} at ${place}: ${stderr}`);
    return stdout;
  };
}

/** `curl` on one node to a Pod on another: the command, the packet's walk through both machines, the answer. */
export function curlAcrossNodes(world: WorldFile): () => void {
  const cluster = simulate(world);
  const [from, to] = world.nodes.slice(-2);
  if (!from || !to) throw new Error('a world of two nodes is wanted');
  const containers = [{ name: 'web', image: 'nginx:1.23.1', ports: [{ containerPort: 80 }] }];
  cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: { nodeName: to.name, containers },
  });
  cluster.advance(60_000);
  const address = cluster.store.get('pods', 'default', 'web')?.status.podIP ?? '';
  const type = terminals(cluster);
  const line = `curl -s ${address}`;
  if (!type(line, from.name).includes('Welcome to nginx')) throw new Error(`no answer from ${address}`);
  return () => void type(line, from.name);
}

/** `iptables -t nat -S` on a node of a cluster with so many Services, each with an endpoint. */
export function natRules(world: WorldFile, services: number): () => void {
  const cluster = simulate(world);
  const client = cluster.client();
  const node = world.nodes.at(-1)?.name ?? '';
  for (let i = 0; i < services; i++) {
    const metadata = { name: `web-${i}`, namespace: 'default' };
    const ports = [{ port: 80, protocol: 'TCP' }];
    client.create('services', { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports } });
    const addresses = [`10.244.${Math.floor(i / 250)}.${2 + (i % 250)}`];
    client.create('endpointslices.discovery.k8s.io', {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...metadata, labels: { 'kubernetes.io/service-name': metadata.name } },
      addressType: 'IPv4',
      endpoints: [{ addresses, conditions: { ready: true } }],
      ports: [{ name: '', port: 80, protocol: 'TCP' }],
    });
  }
  cluster.advance(60_000);
  const type = terminals(cluster);
  const line = 'iptables -t nat -S';
  const rules = type(line, node).split('\n').length;
  if (rules < services * 4) throw new Error(`${rules} lines of rules for ${services} Services`);
  return () => void type(line, node);
}
