// Upstream: pkg/apis/core/validation/validation.go `validateTopologySpreadConstraints`
import { duplicate, type FieldError, invalid, type Path, required } from '../../../field-error';
import type { TopologySpreadConstraint } from '../../../generated/core-v1';
import { validateLabelSelector } from '../../../meta/label-selector';
import { validateLabelKeys } from './label-keys';
import { oneOf, optionalOneOf } from './supported';

const notPositive = 'must be greater than zero';

export function validateTopologySpread(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  path: Path,
): FieldError[] {
  return (constraints ?? []).flatMap((constraint, i, all) => validateOne(constraint, all.slice(i + 1), path.index(i)));
}

function validateOne(
  constraint: TopologySpreadConstraint,
  rest: readonly TopologySpreadConstraint[],
  path: Path,
): FieldError[] {
  const { maxSkew = 0, topologyKey = '', whenUnsatisfiable = '', minDomains } = constraint;
  const errors: FieldError[] = [];
  if (maxSkew <= 0) errors.push(invalid(path.child('maxSkew'), maxSkew, notPositive));
  if (!topologyKey) errors.push(required(path.child('topologyKey'), 'can not be empty'));
  errors.push(...oneOf(whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway'], path.child('whenUnsatisfiable')));
  if (rest.some((one) => one.topologyKey === topologyKey && one.whenUnsatisfiable === whenUnsatisfiable)) {
    const at = path.child('{topologyKey, whenUnsatisfiable}');
    errors.push(duplicate(at, `{${topologyKey}, ${whenUnsatisfiable}}`));
  }
  if (minDomains !== undefined) {
    const at = path.child('minDomains');
    if (minDomains <= 0) errors.push(invalid(at, minDomains, notPositive));
    if (whenUnsatisfiable !== 'DoNotSchedule') {
      const text = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
      errors.push(invalid(at, minDomains, text));
    }
  }
  return [
    ...errors,
    ...optionalOneOf(constraint.nodeAffinityPolicy, ['Honor', 'Ignore'], path.child('nodeAffinityPolicy')),
    ...optionalOneOf(constraint.nodeTaintsPolicy, ['Honor', 'Ignore'], path.child('nodeTaintsPolicy')),
    ...validateLabelKeys(constraint, path),
    ...validateLabelSelector(constraint.labelSelector, path.child('labelSelector')),
  ];
}
