import type { LabelSelector, LabelSelectorRequirement } from './generated/meta-v1';

/** Labels by their keys. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Whether `labels` satisfy a `metav1.LabelSelector`. An absent selector matches nothing, an empty one everything.
 * Upstream: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go `LabelSelectorAsSelector`
 */
export function matchesLabelSelector(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
  if (!selector) return false;
  return (
    matchesLabels(selector.matchLabels, labels) &&
    (selector.matchExpressions ?? []).every((requirement) => matchesRequirement(requirement, labels ?? {}))
  );
}

/** Whether `labels` carry every pair of `wanted` (a Service's or a ReplicationController's selector). */
export function matchesLabels(wanted: Labels | undefined, labels: Labels | undefined): boolean {
  return !wanted || Object.keys(wanted).every((key) => labels?.[key] === wanted[key]);
}

/** Whether a selector asks for nothing, or is not there. */
export function isEmptySelector(selector: LabelSelector | undefined): boolean {
  if (!selector) return true;
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}

function matchesRequirement({ key, operator, values }: LabelSelectorRequirement, labels: Labels): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && (values ?? []).includes(value);
    case 'NotIn':
      return value === undefined || !(values ?? []).includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
