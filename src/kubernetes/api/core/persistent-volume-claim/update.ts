// Upstream: pkg/apis/core/validation/validation.go `ValidatePersistentVolumeClaimUpdate`
import { type FieldError, forbidden, Path } from '../../field-error';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../generated/core-v1';
import { validateImmutable } from '../../meta/object-meta';
import { deepEqual } from '../../object';
import { compareQuantities } from '../../quantity';
import { internalDiff } from '../internal-diff';
import { internalForm } from '../internal-form';

const path = Path.of('spec');

function printed(spec: PersistentVolumeClaimSpec): object {
  return internalForm('PersistentVolumeClaimSpec', spec);
}

/** A claim stays as it was made; only a bound one may ask for more space or another attributes class. */
export function validateClaimChange(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const next = structuredClone(claim.spec);
  const before = structuredClone(old.spec);
  if (!before.volumeName) before.volumeName = next.volumeName;
  if (next.storageClassName !== undefined && before.storageClassName === undefined) {
    next.storageClassName = before.storageClassName;
  }
  const oldSize = old.spec.resources?.requests?.['storage'];
  const newSize = claim.spec.resources?.requests?.['storage'];
  if (old.status.phase === 'Bound') {
    if (next.resources?.requests && oldSize !== undefined) next.resources.requests['storage'] = oldSize;
    if (next.volumeAttributesClassName !== undefined) next.volumeAttributesClassName = before.volumeAttributesClassName;
  }
  const errors: FieldError[] = [];
  if (!deepEqual(next, before)) {
    const text =
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
    errors.push(forbidden(path, `${text}\n${internalDiff(printed(before), printed(next))}`));
  }
  if (compareQuantities(newSize, oldSize) < 0 && compareQuantities(newSize, old.status.capacity?.['storage']) <= 0) {
    const at = path.child('resources', 'requests', 'storage');
    errors.push(forbidden(at, 'field can not be less than status.capacity'));
  }
  errors.push(...validateImmutable(claim.spec.volumeMode, old.spec.volumeMode, Path.of('volumeMode')));
  const oldClass = old.spec.volumeAttributesClassName;
  const newClass = claim.spec.volumeAttributesClassName;
  if (oldClass !== undefined && !newClass) {
    const text = newClass === undefined ? 'nil' : 'an empty string';
    errors.push(
      forbidden(path.child('volumeAttributesClassName'), `update from non-nil value to ${text} is forbidden`),
    );
  }
  return errors;
}
