import type { NodeInfo } from '../../framework/node-info';
import { maxNodeScore, type ScoreStep } from '../../framework/plugin';
import type { PodInfo } from '../../framework/pod-info';
import type { Snapshot } from '../../framework/snapshot';
import { countPods, countsNode, hasAllKeys, hostnameLabel, ownConstraints, type SpreadConstraint } from './constraint';
import { defaultConstraints } from './default-constraints';

/**
 * Matching Pods by value of the topology label, over the values that feasible nodes have; undefined for the host name,
 * whose Pods are counted node by node.
 */
function countByDomain(
  constraint: SpreadConstraint,
  incoming: PodInfo,
  scored: readonly NodeInfo[],
  counted: readonly NodeInfo[],
): Map<string, number> | undefined {
  const { topologyKey } = constraint;
  if (topologyKey === hostnameLabel) return undefined;
  const pods = new Map<string, number>();
  for (const { labels } of scored) {
    const value = labels[topologyKey];
    // A default constraint counts nodes without the label as one nameless domain.
    pods.set(value ?? '', 0);
  }
  for (const node of counted) {
    const value = node.labels[topologyKey];
    // Nobody asks how many Pods the nameless one has.
    if (value === undefined) continue;
    const before = pods.get(value);
    if (before === undefined || !countsNode(constraint, incoming.pod, node)) continue;
    pods.set(value, before + countPods(constraint, incoming.pod.metadata.namespace, node));
  }
  return pods;
}

/**
 * Prefers nodes in domains with few matching Pods.
 * Upstream: pkg/scheduler/framework/plugins/podtopologyspread/scoring.go
 */
export function spreadScore(
  incoming: PodInfo,
  snapshot: Snapshot,
  feasible: readonly NodeInfo[],
): ScoreStep | undefined {
  const { pod } = incoming;
  const own = (pod.spec.topologySpreadConstraints ?? []).length > 0;
  const constraints = own ? ownConstraints(pod, 'ScheduleAnyway') : defaultConstraints(pod, snapshot.objects);
  if (constraints.length === 0) return undefined;
  // With constraints of its own a Pod leaves out nodes that lack a label; by default it does not.
  const isIgnored = (node: NodeInfo) => own && !hasAllKeys(node.labels, constraints);
  const scored = own ? feasible.filter((node) => !isIgnored(node)) : feasible;
  const counted = own ? snapshot.nodes.filter((node) => !isIgnored(node)) : snapshot.nodes;
  const terms = constraints.map((constraint) => {
    const pods = countByDomain(constraint, incoming, scored, counted);
    return { constraint, pods, weight: Math.log((pods?.size ?? scored.length) + 2) };
  });
  return {
    score(node) {
      if (isIgnored(node)) return 0;
      let sum = 0;
      for (const { constraint, pods, weight } of terms) {
        const value = node.labels[constraint.topologyKey];
        if (value === undefined) continue;
        const count = pods ? (pods.get(value) ?? 0) : countPods(constraint, pod.metadata.namespace, node);
        sum += count * weight + (constraint.maxSkew - 1);
      }
      return Math.round(sum);
    },
    normalize(scores, nodes) {
      let lowest = Infinity;
      let highest = 0;
      let i = 0;
      for (const node of nodes) {
        const score = scores[i++] ?? 0;
        if (isIgnored(node)) continue;
        if (score < lowest) lowest = score;
        if (score > highest) highest = score;
      }
      i = 0;
      for (const node of nodes) {
        const score = scores[i] ?? 0;
        const turned = () => Math.trunc((maxNodeScore * (highest + lowest - score)) / highest);
        scores[i++] = isIgnored(node) ? 0 : highest === 0 ? maxNodeScore : turned();
      }
    },
  };
}
