import type { Diagnosis } from './fit-error';
import { Filters } from './filters';
import type { NodeInfo } from './framework/node-info';
import type { Plugin, Refusal } from './framework/plugin';
import type { PodInfo } from './framework/pod-info';
import type { Snapshot } from './framework/snapshot';
import { defaultPlugins } from './plugins';
import type { Nominations } from './preemption/nominations';
import { scoreNodes } from './score';
import { heapRoot, type NodeScore } from './select-host';

export interface CycleOptions {
  /** In which order the search comes across feasible nodes; it runs in parallel (default: in that of the list). */
  readonly order?: ((feasible: NodeInfo[]) => NodeInfo[]) | undefined;
  /** Where in the node list to begin; what `next` of the cycle before said. */
  readonly start?: number;
  readonly plugins?: readonly Plugin[];
  /** Pods for which preemption has made room. */
  readonly nominations?: Nominations;
}

/** What came of one attempt to find a node. `next` is where the next cycle begins in the node list. */
export type CycleResult =
  | { readonly kind: 'no-nodes'; readonly next: number }
  | { readonly kind: 'unschedulable'; readonly next: number; readonly diagnosis: Diagnosis; readonly filters: Filters }
  | {
      readonly kind: 'found';
      readonly next: number;
      readonly node: string;
      readonly feasible: readonly NodeInfo[];
      /** Empty where only one node was feasible. */
      readonly scores: readonly NodeScore[];
      readonly diagnosis: Diagnosis;
      readonly filters: Filters;
    };

const minFeasibleNodes = 100;
const minFeasiblePercentage = 5;

/**
 * How many feasible nodes are enough. All of them below a hundred; above, a share that shrinks from 50 %.
 * Upstream: pkg/scheduler/schedule_one.go `numFeasibleNodesToFind`
 */
export function feasibleNodesToFind(nodes: number): number {
  if (nodes < minFeasibleNodes) return nodes;
  const percentage = Math.max(50 - Math.trunc(nodes / 125), minFeasiblePercentage);
  return Math.max(Math.trunc((nodes * percentage) / 100), minFeasibleNodes);
}

/**
 * One scheduling cycle: filter, score, choose. A pure function of what it is given.
 * Upstream: pkg/scheduler/schedule_one.go `schedulePod`
 */
export function schedule(snapshot: Snapshot, pod: PodInfo, options: CycleOptions = {}): CycleResult {
  const { start = 0, plugins = defaultPlugins, nominations } = options;
  const all = snapshot.nodes;
  if (all.length === 0) return { kind: 'no-nodes', next: start };
  const filters = new Filters(pod, snapshot, plugins, nominations);
  const preFilter = filters.refusal;
  if (preFilter) {
    return { kind: 'unschedulable', next: start, diagnosis: { refused: new Map(), preFilter }, filters };
  }
  const nominated = nominatedNode(snapshot, pod, filters);
  if (nominated) {
    const diagnosis: Diagnosis = { refused: new Map() };
    return { kind: 'found', next: start, node: nominated.name, feasible: [nominated], scores: [], diagnosis, filters };
  }

  const candidates = filters.nodeNames ? namedNodes(snapshot, filters.nodeNames) : all;
  const { feasible: found, refused } = search(candidates, start, filters);
  const feasible = options.order?.(found) ?? found;
  const next = (start + feasible.length + refused.size) % all.length;
  const diagnosis: Diagnosis = { refused, others: filters.outsideNames };
  if (feasible.length === 0) return { kind: 'unschedulable', next, diagnosis, filters };
  const scores = feasible.length > 1 ? scoreNodes(pod, snapshot, feasible, plugins) : [];
  const node = (heapRoot(scores)?.node ?? feasible[0])?.name ?? '';
  return { kind: 'found', next, node, feasible, scores, diagnosis, filters };
}

/** The node that preemption has freed is looked at first, alone. Upstream: `evaluateNominatedNode` */
function nominatedNode(snapshot: Snapshot, { pod }: PodInfo, filters: Filters): NodeInfo | undefined {
  const name = pod.status.nominatedNodeName;
  const node = name ? snapshot.node(name) : undefined;
  return node && !filters.refusalOf(node) ? node : undefined;
}

function namedNodes(snapshot: Snapshot, names: ReadonlySet<string>): NodeInfo[] {
  return [...names].flatMap((name) => snapshot.node(name) ?? []);
}

/** Asks nodes from `start` round the list, until enough are found. Upstream: `findNodesThatPassFilters` */
function search(nodes: readonly NodeInfo[], start: number, filters: Filters) {
  const feasible: NodeInfo[] = [];
  const refused = new Map<string, Refusal>();
  const enough = feasibleNodesToFind(nodes.length);
  for (let i = 0; i < nodes.length && feasible.length < enough; i++) {
    const node = nodes[(start + i) % nodes.length];
    if (!node) continue;
    const refusal = filters.refusalOf(node);
    if (refusal) refused.set(node.name, refusal);
    else feasible.push(node);
  }
  return { feasible, refused };
}
