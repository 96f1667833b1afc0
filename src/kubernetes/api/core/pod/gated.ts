// Upstream: pkg/apis/core/validation/validation.go `validateNodeSelectorMutation`, `validateNodeAffinityMutation`
import { type FieldError, invalid, Path } from '../../field-error';
import type { NodeAffinity, NodeSelectorTerm, PodSpec } from '../../generated/core-v1';
import { printedMap } from '../../meta/label-selector';
import { deepEqual } from '../../object';
import { internalForm } from '../internal-form';

const required = 'requiredDuringSchedulingIgnoredDuringExecution';

/** A Pod held back by a gate may still narrow down its nodes. Returns the spec with what is allowed set back. */
export function narrowing(spec: PodSpec, old: PodSpec): { spec: PodSpec; errors: FieldError[] } {
  if (!old.schedulingGates?.length) return { spec, errors: [] };
  const errors: FieldError[] = [];
  const next = { ...spec };
  if (!deepEqual(spec.nodeSelector, old.nodeSelector)) {
    const kept = Object.entries(old.nodeSelector ?? {}).every(([key, value]) => spec.nodeSelector?.[key] === value);
    if (!kept) {
      const text = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
      errors.push(invalid(Path.of('spec.nodeSelector'), printedMap(spec.nodeSelector), text));
    }
    next.nodeSelector = old.nodeSelector;
  }
  const now = spec.affinity?.nodeAffinity;
  const before = old.affinity?.nodeAffinity;
  if (!deepEqual(now, before)) {
    errors.push(...validateTerms(now, before));
    const affinity = { ...spec.affinity, nodeAffinity: before };
    next.affinity =
      !old.affinity && Object.values(affinity).every((value) => value === undefined) ? undefined : affinity;
  }
  return { spec: next, errors };
}

function validateTerms(now: NodeAffinity | undefined, before: NodeAffinity | undefined): FieldError[] {
  const oldTerms = before?.[required]?.nodeSelectorTerms ?? [];
  const terms = now?.[required]?.nodeSelectorTerms ?? [];
  if (oldTerms.length === 0) return [];
  const path = Path.of('spec.affinity.nodeAffinity').child(required, 'nodeSelectorTerms');
  const printed = (term: NodeSelectorTerm) => internalForm('NodeSelectorTerm', term);
  if (terms.length !== oldTerms.length) {
    const value = terms.length > 0 ? terms.map(printed) : null;
    return [invalid(path, value, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed')];
  }
  return terms.flatMap((term, i) => {
    if (onlyAdds(term, oldTerms[i] ?? {})) return [];
    return [invalid(path.index(i), printed(term), 'only additions are allowed (no mutations or deletions)')];
  });
}

function onlyAdds(now: NodeSelectorTerm, before: NodeSelectorTerm): boolean {
  const begins = (longer: readonly unknown[] = [], shorter: readonly unknown[] = []) =>
    deepEqual(longer.slice(0, shorter.length), shorter);
  const wasEmpty = !before.matchExpressions?.length && !before.matchFields?.length;
  if (wasEmpty) return !now.matchExpressions?.length && !now.matchFields?.length;
  return begins(now.matchExpressions, before.matchExpressions) && begins(now.matchFields, before.matchFields);
}
