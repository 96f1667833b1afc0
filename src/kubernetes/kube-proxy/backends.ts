import type { EndpointSlice } from '../api/generated/discovery-v1';

/** One back end: an address and a port. Several Pods on one node's network share it. */
export interface Backend {
  readonly address: string;
  readonly port: number;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  /** On this node. */
  readonly local: boolean;
  /** Whom the EndpointSlice wants to use it: names of zones, names of nodes. */
  readonly zones?: readonly string[];
  readonly nodes?: readonly string[];
}

/**
 * The back ends of one port. They are kept by `IP:port`, so Pods that share a node's network collapse into one, and
 * only one Pod's conditions survive: the last that is not terminating (pkg/proxy/endpointslicecache.go,
 * `addEndpoints`; upstream calls the result undefined).
 */
export function mergeBackends(
  slices: readonly EndpointSlice[],
  wanted: { readonly name?: string; readonly protocol?: string },
  node: string,
): Backend[] {
  const merged = new Map<string, Backend>();
  for (const slice of slices) {
    const number = slice.ports?.find(
      ({ name = '', protocol = 'TCP' }) => name === (wanted.name ?? '') && protocol === (wanted.protocol ?? 'TCP'),
    )?.port;
    if (!number) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const address = endpoint.addresses[0];
      if (address === undefined) continue;
      const { ready = true, serving = true, terminating = false } = endpoint.conditions ?? {};
      const local = endpoint.nodeName === node;
      const { forZones, forNodes } = endpoint.hints ?? {};
      const backend: Backend = {
        ...{ address, port: number, ready, serving, terminating, local },
        ...(forZones?.length ? { zones: forZones.map(({ name }) => name) } : {}),
        ...(forNodes?.length ? { nodes: forNodes.map(({ name }) => name) } : {}),
      };
      const key = backendText(backend);
      if (!merged.has(key) || !terminating) merged.set(key, backend);
    }
  }
  return [...merged.values()].sort(byText);
}

export function backendText({ address, port }: Pick<Backend, 'address' | 'port'>): string {
  return `${address}:${port}`;
}

function byText(a: Backend, b: Backend): number {
  return backendText(a) < backendText(b) ? -1 : 1;
}

/** Which back ends a node uses for one Service port. */
export interface Reach {
  /** What traffic of the policy Cluster goes to. */
  readonly cluster: readonly Backend[];
  /** What traffic of the policy Local goes to. */
  readonly local: readonly Backend[];
  /** Both together. */
  readonly reachable: readonly Backend[];
  /** Whether there is any usable back end anywhere. */
  readonly any: boolean;
}

/** pkg/proxy/topology.go, `CategorizeEndpoints`. `zone` is asked only where EndpointSlices give hints. */
export function categorize(
  all: readonly Backend[],
  uses: { readonly cluster: boolean; readonly local: boolean },
  node: string,
  zone: () => string,
): Reach {
  const wanted = uses.cluster ? hinted(all, node, zone) : undefined;
  const cluster = wanted ? usable(all, wanted.available) : [];
  const local = uses.local
    ? usable(
        all.filter((backend) => backend.local),
        () => true,
      )
    : [];
  const any = cluster.length > 0 || (uses.local && usable(all, () => true).length > 0);
  const same = !uses.local || (wanted?.mode === '' && local[0]?.ready !== false);
  const reachable = !wanted ? local : same ? cluster : [...new Set([...cluster, ...local])].sort(byText);
  return { cluster, local, reachable, any };
}

/** Ready ones that are available; if there is none, those that still serve while they end. */
function usable(backends: readonly Backend[], available: (backend: Backend) => boolean): Backend[] {
  const ready = backends.filter((backend) => backend.ready && available(backend));
  return ready.length > 0 ? ready : backends.filter((backend) => backend.serving && backend.terminating);
}

/**
 * Hints count only if every ready back end has one and one of them is for this node, or else for its zone
 * (`topologyModeFromHints`).
 */
function hinted(
  all: readonly Backend[],
  node: string,
  zone: () => string,
): { readonly mode: '' | 'node' | 'zone'; readonly available: (backend: Backend) => boolean } {
  const ready = all.filter((backend) => backend.ready);
  const forNode = (backend: Backend) => backend.nodes?.includes(node) ?? false;
  if (ready.length > 0) {
    if (ready.every(({ nodes }) => nodes) && ready.some(forNode)) return { mode: 'node', available: forNode };
    if (ready.every(({ zones }) => zones)) {
      const here = zone();
      const forZone = (backend: Backend) => backend.zones?.includes(here) ?? false;
      if (ready.some(forZone)) return { mode: 'zone', available: forZone };
    }
  }
  return { mode: '', available: () => true };
}
