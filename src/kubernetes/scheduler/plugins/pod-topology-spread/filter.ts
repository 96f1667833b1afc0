import type { Fact } from '../../../component';
import { matchesLabelSelector } from '../../../api/label-selector';
import { referenceTo } from '../../../api/object';
import type { NodeInfo } from '../../framework/node-info';
import type { FilterStep, Refusal } from '../../framework/plugin';
import type { PodInfo } from '../../framework/pod-info';
import type { Snapshot } from '../../framework/snapshot';
import { countPods, countsNode, countsPod, hasAllKeys, ownConstraints, type SpreadConstraint } from './constraint';

// pkg/scheduler/framework/plugins/podtopologyspread/plugin.go
const name = 'PodTopologySpread';
const reason = "node(s) didn't match pod topology spread constraints";
const tooUneven: Refusal = { plugin: name, reasons: [reason], resolvable: true };
const labelMissing: Refusal = { plugin: name, reasons: [`${reason} (missing required label)`], resolvable: false };

interface Counted {
  readonly constraint: SpreadConstraint;
  /** Matching Pods by value of the topology label. */
  readonly pods: Map<string, number>;
}

function fewest({ constraint, pods }: Counted): number {
  if (pods.size < constraint.minDomains) return 0;
  let least = Infinity;
  for (const count of pods.values()) if (count < least) least = count;
  return least;
}

/**
 * Refuses nodes that would make a `DoNotSchedule` constraint too uneven.
 * Upstream: pkg/scheduler/framework/plugins/podtopologyspread/filtering.go
 */
export function spreadFilter(incoming: PodInfo, snapshot: Snapshot): FilterStep | undefined {
  const { pod } = incoming;
  const constraints = ownConstraints(pod, 'DoNotSchedule');
  if (constraints.length === 0) return undefined;
  const counted: Counted[] = constraints.map((constraint) => ({ constraint, pods: new Map() }));
  for (const node of snapshot.nodes) {
    if (!hasAllKeys(node.labels, constraints)) continue;
    for (const { constraint, pods } of counted) {
      const value = node.labels[constraint.topologyKey];
      if (value === undefined || !countsNode(constraint, pod, node)) continue;
      pods.set(value, (pods.get(value) ?? 0) + countPods(constraint, pod.metadata.namespace, node));
    }
  }
  const change = (other: PodInfo, node: NodeInfo, by: number) => {
    if (!hasAllKeys(node.labels, constraints)) return;
    for (const { constraint, pods } of counted) {
      const value = node.labels[constraint.topologyKey];
      if (value === undefined || !countsPod(constraint, pod.metadata.namespace, other)) continue;
      if (countsNode(constraint, pod, node)) pods.set(value, (pods.get(value) ?? 0) + by);
    }
  };
  const skew = (one: Counted, node: NodeInfo) => {
    const self = matchesLabelSelector(one.constraint.selector, pod.metadata.labels) ? 1 : 0;
    return (one.pods.get(node.labels[one.constraint.topologyKey] ?? '') ?? 0) + self - fewest(one);
  };
  return {
    filter(node) {
      for (const one of counted) {
        if (node.labels[one.constraint.topologyKey] === undefined) return labelMissing;
        if (skew(one, node) > one.constraint.maxSkew) return tooUneven;
      }
      return undefined;
    },
    addPod: (added, node) => change(added, node, 1),
    removePod: (removed, node) => change(removed, node, -1),
    because: (node) => counted.flatMap((one) => factAbout(one, node, skew(one, node))),
  };
}

function factAbout({ constraint }: Counted, node: NodeInfo, skew: number): Fact[] {
  const about = node.node ? [referenceTo(node.node)] : [];
  const { topologyKey, maxSkew } = constraint;
  const value = node.labels[topologyKey];
  if (value === undefined) return [{ text: `${node.name} has no label ${topologyKey}`, about }];
  if (skew <= maxSkew) return [];
  return [
    {
      text: `with this Pod, ${topologyKey}=${value} would have ${skew} more than the emptiest; maxSkew is ${maxSkew}`,
      about,
    },
  ];
}
