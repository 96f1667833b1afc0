// Upstream: pkg/apis/policy/validation/validation.go, pkg/registry/policy/poddisruptionbudget/strategy.go
import { defineKind } from '../../define-kind';
import { type FieldError, invalid, Path } from '../../field-error';
import type { PodDisruptionBudget } from '../../generated/policy-v1';
import { countGeneration } from '../../generation';
import { validateAtMostAll, validateIntOrPercent } from '../../int-or-percent';
import { printedSelector, validateLabelSelector } from '../../meta/label-selector';
import { pathSegmentName } from '../../meta/names';
import { optionalOneOf } from '../../core/pod-spec/validation/supported';

const path = Path.of('spec');

export const podDisruptionBudget = defineKind<PodDisruptionBudget>({
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  namespaced: true,
  updates: ['content'],
  standardFinalizers: false,
  contentFirst: true,
  name: pathSegmentName,
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
    countGeneration(object, old);
  },
  validateContent({ spec }) {
    const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy } = spec;
    const errors: FieldError[] = [];
    if (minAvailable !== undefined && maxUnavailable !== undefined) {
      const value = {
        MinAvailable: minAvailable,
        Selector: printedSelector(selector) ?? null,
        MaxUnavailable: maxUnavailable,
        UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy ?? null,
      };
      errors.push(invalid(path, value, 'minAvailable and maxUnavailable cannot be both set'));
    }
    for (const field of ['minAvailable', 'maxUnavailable'] as const) {
      if (spec[field] === undefined) continue;
      errors.push(...validateIntOrPercent(spec[field], path.child(field)));
      errors.push(...validateAtMostAll(spec[field], path.child(field)));
    }
    return [
      ...errors,
      ...validateLabelSelector(selector, path.child('selector')),
      ...optionalOneOf(
        unhealthyPodEvictionPolicy,
        ['AlwaysAllow', 'IfHealthyBudget'],
        path.child('unhealthyPodEvictionPolicy'),
      ),
    ];
  },
});
