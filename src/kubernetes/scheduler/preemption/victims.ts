import type { PodDisruptionBudget } from '../../api/generated/policy-v1';
import { isEmptySelector, matchesLabelSelector } from '../../api/label-selector';
import type { Filters } from '../filters';
import type { NodeInfo } from '../framework/node-info';
import type { Refusal } from '../framework/plugin';
import type { PodInfo } from '../framework/pod-info';

/** Pods to evict from a node, the most important first. */
export interface Victims {
  readonly pods: readonly PodInfo[];
  /** How many of them violate a disruption budget. */
  readonly budgetViolations: number;
}

// pkg/scheduler/framework/preemption/preemption.go
export const notHelpful: Refusal = {
  plugin: 'DefaultPreemption',
  reasons: ['Preemption is not helpful for scheduling'],
  resolvable: false,
};
// pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go
const noVictims: Refusal = {
  plugin: 'DefaultPreemption',
  reasons: ['No preemption victims found for incoming pod'],
  resolvable: false,
};

/** Higher priority, or as high and started earlier. A Pod that has not started counts as started now. */
function byImportance(a: PodInfo, b: PodInfo): number {
  if (a.priority !== b.priority) return b.priority - a.priority;
  const [x, y] = [startTime(a), startTime(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** RFC 3339 texts in UTC compare like the moments they name. */
export function startTime({ pod }: PodInfo): string {
  return pod.status.startTime ?? '~';
}

/**
 * The fewest Pods of lower priority that have to go from a node to let the Pod in: all are taken away, then as many
 * as possible are put back, the important ones first, and those under a disruption budget before the others.
 * Upstream: pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go `SelectVictimsOnNode`
 */
export function selectVictims(
  node: NodeInfo,
  filters: Filters,
  budgets: readonly PodDisruptionBudget[],
): Victims | Refusal {
  const candidates = node.pods.filter((pod) => pod.priority < filters.pod.priority);
  if (candidates.length === 0) return noVictims;
  const trial = node.clone();
  const takeAway = (pod: PodInfo) => {
    trial.removePod(pod);
    filters.removePod(pod, trial);
  };
  const putBack = (pod: PodInfo) => {
    trial.addPod(pod);
    filters.addPod(pod, trial);
  };
  for (const pod of candidates) takeAway(pod);
  const refusal = filters.refusalOf(trial);
  if (refusal) {
    for (const pod of candidates) putBack(pod);
    return refusal;
  }
  const { violating, others } = splitByBudget([...candidates].sort(byImportance), budgets);
  const victims: PodInfo[] = [];
  const spare = (pod: PodInfo) => {
    putBack(pod);
    if (!filters.refusalOf(trial)) return true;
    takeAway(pod);
    victims.push(pod);
    return false;
  };
  const budgetViolations = violating.filter((pod) => !spare(pod)).length;
  for (const pod of others) spare(pod);
  // What plugins counted beforehand has to be as it was for the next node.
  for (const pod of victims) putBack(pod);
  return { pods: victims.sort(byImportance), budgetViolations };
}

/** Upstream: `filterPodsWithPDBViolation`. A budget is used up Pod by Pod, in the order given. */
function splitByBudget(pods: readonly PodInfo[], budgets: readonly PodDisruptionBudget[]) {
  const left = budgets.map((budget) => budget.status.disruptionsAllowed ?? 0);
  const violating: PodInfo[] = [];
  const others: PodInfo[] = [];
  for (const info of pods) {
    const { labels, namespace, name } = info.pod.metadata;
    let violates = false;
    for (const [i, { metadata, spec, status }] of budgets.entries()) {
      if (metadata.namespace !== namespace || !labels || isEmptySelector(spec.selector)) continue;
      if (!matchesLabelSelector(spec.selector, labels) || status.disruptedPods?.[name] !== undefined) continue;
      const rest = (left[i] ?? 0) - 1;
      left[i] = rest;
      if (rest < 0) violates = true;
    }
    (violates ? violating : others).push(info);
  }
  return { violating, others };
}
