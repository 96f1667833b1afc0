import type { Node, NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from '../api/generated/core-v1';
import { matchesLabels } from '../api/label-selector';

/**
 * Whether a node meets one requirement on labels (or, for `fields`, on its name).
 * Upstream: staging/src/k8s.io/apimachinery/pkg/labels/selector.go `Requirement.Matches`
 */
function meets({ operator, values = [] }: NodeSelectorRequirement, actual: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return actual !== undefined && values.includes(actual);
    case 'NotIn':
      return actual === undefined || !values.includes(actual);
    case 'Exists':
      return actual !== undefined;
    case 'DoesNotExist':
      return actual === undefined;
    case 'Gt':
    case 'Lt': {
      const wanted = values[0];
      if (actual === undefined || wanted === undefined || !isInteger(actual) || !isInteger(wanted)) return false;
      return operator === 'Gt' ? BigInt(actual) > BigInt(wanted) : BigInt(actual) < BigInt(wanted);
    }
    default:
      return false;
  }
}

function isInteger(text: string): boolean {
  return /^[+-]?\d+$/.test(text);
}

/** A term that asks for nothing, which fits no node. */
export function isEmptyTerm({ matchExpressions, matchFields }: NodeSelectorTerm): boolean {
  return !matchExpressions?.length && !matchFields?.length;
}

/** All requirements of one term together; an empty term matches no node. */
export function termMatchesNode(term: NodeSelectorTerm, node: Node): boolean {
  if (isEmptyTerm(term)) return false;
  return (
    (term.matchExpressions ?? []).every((one) => meets(one, node.metadata.labels?.[one.key])) &&
    (term.matchFields ?? []).every((one) => meets(one, one.key === 'metadata.name' ? node.metadata.name : undefined))
  );
}

/** Terms are alternatives. */
export function anyTermMatchesNode(terms: readonly NodeSelectorTerm[], node: Node): boolean {
  return terms.some((term) => termMatchesNode(term, node));
}

/**
 * A Pod's `nodeSelector` and required node affinity, both of which must hold.
 * Upstream: staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go `GetRequiredNodeAffinity`
 */
export function matchesRequiredNodeAffinity(spec: PodSpec, node: Node): boolean {
  if (spec.nodeSelector && !matchesLabels(spec.nodeSelector, node.metadata.labels)) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return !required || anyTermMatchesNode(required.nodeSelectorTerms, node);
}
