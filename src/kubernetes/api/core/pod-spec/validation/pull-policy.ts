// Upstream: pkg/apis/core/validation/validation.go `validatePullPolicy`
import type { FieldError, Path } from '../../../field-error';
import { requiredOneOf } from './supported';

export function validatePullPolicy(policy: string | undefined, path: Path): FieldError[] {
  return requiredOneOf(policy, ['Always', 'IfNotPresent', 'Never'], path);
}
