// Upstream: pkg/registry/core/pod/strategy.go `mutatePodAffinity`, `mutateTopologySpreadConstraints`
import type { Pod } from '../../generated/core-v1';
import type { LabelSelector } from '../../generated/meta-v1';

type Labels = { readonly [key: string]: string } | undefined;

/** The keys in `matchLabelKeys` stand for the Pod's own labels: they become part of the selectors. In place. */
export function resolveLabelKeys({ metadata, spec }: Pod): void {
  for (const affinity of [spec.affinity?.podAffinity, spec.affinity?.podAntiAffinity]) {
    const terms = [
      ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((one) => one.podAffinityTerm),
    ];
    for (const { labelSelector, matchLabelKeys, mismatchLabelKeys } of terms) {
      addRequirements(labelSelector, matchLabelKeys, 'In', metadata.labels);
      addRequirements(labelSelector, mismatchLabelKeys, 'NotIn', metadata.labels);
    }
  }
  for (const { labelSelector, matchLabelKeys } of spec.topologySpreadConstraints ?? []) {
    addRequirements(labelSelector, matchLabelKeys, 'In', metadata.labels);
  }
}

function addRequirements(
  selector: LabelSelector | undefined,
  keys: readonly string[] | undefined,
  operator: 'In' | 'NotIn',
  labels: Labels,
): void {
  if (!selector) return;
  for (const key of keys ?? []) {
    const value = labels?.[key];
    if (value === undefined) continue;
    selector.matchExpressions = [...(selector.matchExpressions ?? []), { key, operator, values: [value] }];
  }
}
