// Upstream: pkg/apis/autoscaling/validation/validation.go `ValidateCrossVersionObjectReference`
import { type FieldError, invalid, type Path, required } from '../../field-error';
import type { CrossVersionObjectReference } from '../../generated/autoscaling-v2';
import { complaints } from '../../meta/labels';
import { pathSegmentName } from '../../meta/names';

/** `needsGroup`: the core group, which has no name, is not allowed. */
export function validateTarget(
  { kind, name, apiVersion = '' }: CrossVersionObjectReference,
  at: Path,
  needsGroup: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [field, value] of Object.entries({ kind, name })) {
    if (!value) errors.push(required(at.child(field)));
    else errors.push(...complaints(pathSegmentName, at.child(field), value));
  }
  const parts = apiVersion === '/' ? [''] : apiVersion.split('/');
  const where = at.child('apiVersion');
  if (parts.length > 2) errors.push(invalid(where, apiVersion, `unexpected GroupVersion string: ${apiVersion}`));
  else if (needsGroup && (parts.length < 2 || !parts[0])) {
    errors.push(invalid(where, apiVersion, 'apiVersion must specify API group'));
  }
  return errors;
}
