import type { JsonObject } from '@/kubernetes/api/object';
import type { NodeFile, WorldFile } from '@/kubernetes/world';

/** The most nodes that the form makes; a file may have more. */
export const mostNodes = 100;

/** The world with so many nodes: the last ones go, or others like the last one come. */
export function withNodeCount(world: WorldFile, count: number): WorldFile {
  const nodes = world.nodes.slice(0, Math.max(1, Math.min(mostNodes, Math.floor(count))));
  while (nodes.length < count && nodes.length < mostNodes) {
    const last = nodes.at(-1);
    if (!last) break;
    nodes.push(nextNode(last, nodes));
  }
  return { ...world, nodes };
}

/** The world with one node otherwise. */
export function withNode(world: WorldFile, index: number, change: Partial<NodeFile>): WorldFile {
  return { ...world, nodes: world.nodes.map((node, i) => (i === index ? { ...node, ...change } : node)) };
}

/** A worker like the last node, with a name, an address and a range of its own. */
function nextNode({ roles: _, taints: __, hostname: ___, ...last }: NodeFile, nodes: readonly NodeFile[]): NodeFile {
  const free = (text: string, taken: readonly (string | undefined)[]) => {
    let next = counted(text);
    while (taken.includes(next)) next = counted(next);
    return next;
  };
  const named = last.name === last.internalIP;
  const internalIP = free(
    last.internalIP,
    nodes.flatMap((node) => node.internalIP),
  );
  const ranges = nodes.map((node) => node.podCIDR);
  return {
    ...last,
    name: named
      ? internalIP
      : free(
          last.name,
          nodes.map((node) => node.name),
        ),
    internalIP,
    ...(last.podCIDR === undefined ? {} : { podCIDR: nextRange(last.podCIDR, ranges) }),
  };
}

/** `node1` → `node2`, `10.0.0.13` → `10.0.0.14`, `worker` → `worker2` */
function counted(text: string): string {
  const match = /^(.*?)(\d+)$/.exec(text);
  return match ? `${match[1] ?? ''}${Number(match[2]) + 1}` : `${text}2`;
}

/** `10.244.3.0/24` → `10.244.4.0/24`, over those that are taken. */
function nextRange(range: string, taken: readonly (string | undefined)[]): string {
  let next = range;
  do {
    next = next.replace(/\.(\d+)\.(\d+)\/(\d+)$/, (_, third: string, fourth: string, bits: string) => {
      const step = 2 ** (32 - Number(bits));
      const address = Number(third) * 256 + Number(fourth) + step;
      return `.${Math.floor(address / 256) % 256}.${address % 256}/${bits}`;
    });
  } while (taken.includes(next) && next !== range);
  return next;
}

/** `dedicated=web:NoSchedule gpu:NoExecute` */
export function taintsText(taints: NodeFile['taints']): string {
  return (taints ?? [])
    .map(({ key, value, effect }) => `${key}${value === undefined ? '' : `=${value}`}:${effect}`)
    .join(' ');
}

/** Reads what `taintsText` writes; undefined where a word is no taint. */
export function readTaints(text: string): NodeFile['taints'] {
  const taints = words(text).map((word) => {
    const match = /^([^=:\s]+)(?:=([^:\s]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(word);
    return (
      match && { key: match[1] ?? '', ...(match[2] === undefined ? {} : { value: match[2] }), effect: match[3] ?? '' }
    );
  });
  return taints.every((taint) => taint !== null) ? taints : undefined;
}

/** `sshd:22 nginx:80/UDP`: a process that listens on all addresses of both families stands once. */
export function processesText(processes: NodeFile['processes']): string {
  return (processes ?? [])
    .flatMap(({ command, listens }) => {
      const ports = listens.map(({ protocol = 'TCP', port }) => `${port}${protocol === 'TCP' ? '' : `/${protocol}`}`);
      return [...new Set(ports)].map((port) => `${command.split(' ')[0] ?? command}:${port}`);
    })
    .join(' ');
}

/** Reads what `processesText` writes; undefined where a word is no process with a port. */
export function readProcesses(text: string): NodeFile['processes'] {
  const found = words(text).map((word) => {
    const match = /^([\w./-]+):(\d{1,5})(?:\/(TCP|UDP|SCTP))?$/.exec(word);
    const port = Number(match?.[2]);
    if (!match || port < 1 || port > 65535) return undefined;
    const protocol = match[3] === 'UDP' ? 'UDP' : match[3] === 'SCTP' ? 'SCTP' : 'TCP';
    return {
      command: match[1] ?? '',
      listens: ['0.0.0.0', '::'].map((address) => ({
        ...(protocol === 'TCP' ? {} : ({ protocol } as const)),
        address,
        port,
      })),
    };
  });
  return found.every((process) => process !== undefined) ? found : undefined;
}

export type PodSecurity = 'privileged' | 'baseline' | 'restricted';
const enforce = 'pod-security.kubernetes.io/enforce';

/** The Pod Security level that the namespace `default` enforces. */
export function podSecurityOf(world: WorldFile): PodSecurity {
  const labels = defaultNamespace(world)?.metadata;
  const level = isLabelled(labels) ? labels.labels[enforce] : undefined;
  return level === 'baseline' || level === 'restricted' ? level : 'privileged';
}

export function withPodSecurity(world: WorldFile, level: PodSecurity): WorldFile {
  const others = (world.objects ?? []).filter((object) => object !== defaultNamespace(world));
  const metadata = { name: 'default', labels: { [enforce]: level } };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata };
  return { ...world, objects: level === 'privileged' ? others : [namespace, ...others] };
}

function defaultNamespace(world: WorldFile): JsonObject | undefined {
  return world.objects?.find(
    ({ kind, metadata }) =>
      kind === 'Namespace' &&
      typeof metadata === 'object' &&
      metadata !== null &&
      'name' in metadata &&
      metadata.name === 'default',
  );
}

function isLabelled(metadata: unknown): metadata is { readonly labels: Readonly<Record<string, unknown>> } {
  return (
    typeof metadata === 'object' &&
    metadata !== null &&
    'labels' in metadata &&
    typeof metadata.labels === 'object' &&
    metadata.labels !== null
  );
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}
