import type { Pod, TopologySpreadConstraint } from '../../../api/generated/core-v1';
import type { LabelSelector } from '../../../api/generated/meta-v1';
import { isEmptySelector, type Labels } from '../../../api/label-selector';
import type { NodeInfo } from '../../framework/node-info';
import type { PodInfo } from '../../framework/pod-info';
import { matchesRequiredNodeAffinity } from '../../../placement/node-selector';
import { untoleratedTaint } from '../../../placement/tolerations';

// staging/src/k8s.io/api/core/v1/well_known_labels.go
export const hostnameLabel = 'kubernetes.io/hostname';
export const zoneLabel = 'topology.kubernetes.io/zone';

/** A spread constraint with its defaults filled in. */
export interface SpreadConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly selector: LabelSelector | undefined;
  readonly minDomains: number;
  readonly honorsNodeAffinity: boolean;
  readonly honorsNodeTaints: boolean;
}

/** `matchLabelKeys` stand for the Pod's own values of these labels. */
function selectorOf({ labelSelector, matchLabelKeys }: TopologySpreadConstraint, labels: Labels | undefined) {
  if (!labelSelector || !matchLabelKeys?.length) return labelSelector;
  const own = matchLabelKeys.flatMap((key) => {
    const value = labels?.[key];
    return value === undefined ? [] : [{ key, operator: 'In', values: [value] }];
  });
  return { ...labelSelector, matchExpressions: [...(labelSelector.matchExpressions ?? []), ...own] };
}

/**
 * The Pod's own constraints of one kind (`DoNotSchedule`, `ScheduleAnyway`).
 * Upstream: pkg/scheduler/framework/plugins/podtopologyspread/common.go `filterTopologySpreadConstraints`
 */
export function ownConstraints(pod: Pod, whenUnsatisfiable: string): SpreadConstraint[] {
  return (pod.spec.topologySpreadConstraints ?? [])
    .filter((one) => one.whenUnsatisfiable === whenUnsatisfiable)
    .map((one) => ({
      maxSkew: one.maxSkew,
      topologyKey: one.topologyKey,
      selector: selectorOf(one, pod.metadata.labels),
      minDomains: one.minDomains ?? 1,
      honorsNodeAffinity: (one.nodeAffinityPolicy ?? 'Honor') === 'Honor',
      honorsNodeTaints: one.nodeTaintsPolicy === 'Honor',
    }));
}

/** Whether a node has the label of every constraint. */
export function hasAllKeys(labels: Labels, constraints: readonly SpreadConstraint[]): boolean {
  return constraints.every(({ topologyKey }) => labels[topologyKey] !== undefined);
}

/** Whether the Pods of a node count for this constraint. */
export function countsNode(constraint: SpreadConstraint, pod: Pod, node: NodeInfo): boolean {
  if (!node.node) return false;
  if (constraint.honorsNodeAffinity && !matchesRequiredNodeAffinity(pod.spec, node.node)) return false;
  return !constraint.honorsNodeTaints || !untoleratedTaint(node.taints, pod.spec.tolerations);
}

/** Whether an existing Pod is one that the constraint counts: same namespace, selected, not being deleted. */
export function countsPod({ selector }: SpreadConstraint, namespace: string | undefined, existing: PodInfo): boolean {
  if (!selector || isEmptySelector(selector)) return false;
  return existing.namespace === (namespace ?? '') && existing.countsFor(selector);
}

export function countPods({ selector }: SpreadConstraint, namespace: string | undefined, node: NodeInfo): number {
  return !selector || isEmptySelector(selector) ? 0 : node.countSelected(selector, namespace ?? '');
}
