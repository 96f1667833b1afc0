// Upstream: pkg/apis/core/validation/validation.go `ValidateTolerations`, `validateTaintEffect`
import { type FieldError, invalid, notSupported, type Path } from '../../../field-error';
import type { Toleration } from '../../../generated/core-v1';
import { validateLabelName } from '../../../meta/labels';
import { labelValueErrors } from '../../../meta/names';
import { oneOf } from './supported';

export const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function validateTolerations(tolerations: readonly Toleration[] | undefined, path: Path): FieldError[] {
  return (tolerations ?? []).flatMap((toleration, i) => validateToleration(toleration, path.index(i)));
}

function validateToleration(toleration: Toleration, path: Path): FieldError[] {
  const { key, operator = '', effect = '', tolerationSeconds } = toleration;
  const errors = key ? validateLabelName(key, path.child('key')) : [];
  if (!key && operator !== 'Exists') {
    const text = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    errors.push(invalid(path.child('operator'), operator, text));
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    errors.push(invalid(path.child('effect'), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
  }
  errors.push(...validateOperator(toleration, path.child('operator')));
  if (effect) errors.push(...oneOf(effect, taintEffects, path.child('effect')));
  return errors;
}

function validateOperator({ operator = '', value = '' }: Toleration, path: Path): FieldError[] {
  if (operator === '' || operator === 'Equal') {
    const wrong = labelValueErrors(value);
    return wrong.length > 0 ? [invalid(path, value, wrong.join(';'))] : [];
  }
  if (operator === 'Exists')
    return value ? [invalid(path, value, "value must be empty when `operator` is 'Exists'")] : [];
  // The comparing operators belong to a gate that is off; their refusal lists them all the same.
  const compares = operator === 'Gt' || operator === 'Lt';
  return [notSupported(path, operator, compares ? ['Equal', 'Exists', 'Lt', 'Gt'] : ['Equal', 'Exists'])];
}
