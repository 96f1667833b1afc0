import type { PodAffinityTerm } from '../../api/generated/core-v1';
import type { LabelSelector } from '../../api/generated/meta-v1';
import { type Labels, matchesLabelSelector } from '../../api/label-selector';
import type { Pod } from '../../api/generated/core-v1';

/** One term of a Pod's (anti-)affinity, ready to be compared with other Pods. */
export interface AffinityTerm {
  readonly topologyKey: string;
  readonly weight: number;
  readonly namespaces: ReadonlySet<string>;
  readonly namespaceSelector: LabelSelector | undefined;
  readonly selector: LabelSelector | undefined;
}

/** How the labels of a namespace are looked up. */
export type NamespaceLabels = (namespace: string) => Labels | undefined;

/**
 * A term as `pod` means it: without namespaces it is about the Pod's own; `matchLabelKeys` add the Pod's own values.
 * Upstream: staging/src/k8s.io/kube-scheduler/framework/types.go `newAffinityTerm`
 */
export function affinityTerm(pod: Pod, term: PodAffinityTerm, weight = 0): AffinityTerm {
  const own = !term.namespaces?.length && !term.namespaceSelector;
  return {
    topologyKey: term.topologyKey,
    weight,
    namespaces: new Set(own ? [pod.metadata.namespace ?? ''] : term.namespaces),
    namespaceSelector: term.namespaceSelector,
    selector: withOwnLabels(term, pod.metadata.labels),
  };
}

/** The API server merges these keys into the selector; doing so again changes nothing. */
function withOwnLabels(term: PodAffinityTerm, labels: Labels | undefined): LabelSelector | undefined {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  if (!labelSelector || (matchLabelKeys.length === 0 && mismatchLabelKeys.length === 0)) return labelSelector;
  const requirement = (operator: string) => (key: string) => {
    const value = labels?.[key];
    return value === undefined ? [] : [{ key, operator, values: [value] }];
  };
  return {
    ...labelSelector,
    matchExpressions: [
      ...(labelSelector.matchExpressions ?? []),
      ...matchLabelKeys.flatMap(requirement('In')),
      ...mismatchLabelKeys.flatMap(requirement('NotIn')),
    ],
  };
}

/** Whether `pod` is one the term speaks of. */
export function termMatches(term: AffinityTerm, pod: Pod, namespaceLabels: NamespaceLabels): boolean {
  const namespace = pod.metadata.namespace ?? '';
  const inNamespace =
    term.namespaces.has(namespace) ||
    (term.namespaceSelector !== undefined &&
      matchesLabelSelector(term.namespaceSelector, namespaceLabels(namespace) ?? {}));
  return inNamespace && matchesLabelSelector(term.selector, pod.metadata.labels);
}
