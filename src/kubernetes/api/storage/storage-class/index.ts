// Upstream: pkg/apis/storage/validation/validation.go, pkg/apis/storage/v1/defaults.go
import { defineKind } from '../../define-kind';
import { duplicate, type FieldError, Path, required } from '../../field-error';
import type { StorageClass } from '../../generated/storage-v1';
import { complaints, validateLabelName } from '../../meta/labels';
import { dns1123Subdomain, qualifiedNameErrors } from '../../meta/names';
import { validateImmutable } from '../../meta/object-meta';
import { optionalOneOf, presentOneOf } from '../../core/pod-spec/validation/supported';

export const storageClass = defineKind<StorageClass>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  namespaced: false,
  name: dns1123Subdomain,
  setDefaults(object) {
    object.reclaimPolicy ??= 'Delete';
    object.volumeBindingMode ??= 'Immediate';
  },
  validateContent(object) {
    const { provisioner, reclaimPolicy, volumeBindingMode } = object;
    const at = Path.of('provisioner');
    const modes = ['Immediate', 'WaitForFirstConsumer'];
    return [
      ...(provisioner
        ? complaints((name) => qualifiedNameErrors(name.toLowerCase()), at, provisioner)
        : [required(at)]),
      ...Object.keys(object.parameters ?? {})
        .filter((key) => key === '')
        .map((key) => required(Path.of('parameters').key(key))),
      ...optionalOneOf(reclaimPolicy || undefined, ['Delete', 'Retain'], Path.of('reclaimPolicy')),
      ...presentOneOf(volumeBindingMode, modes, Path.of('volumeBindingMode')),
      ...validateTopologies(object.allowedTopologies ?? []),
    ];
  },
  validateChange(object, old) {
    return (['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'] as const).flatMap((field) =>
      validateImmutable(object[field], old[field], Path.of(field)),
    );
  },
});

function validateTopologies(terms: NonNullable<StorageClass['allowedTopologies']>): FieldError[] {
  return terms.flatMap(({ matchLabelExpressions }, i) => {
    const keys = new Set<string>();
    return (matchLabelExpressions ?? []).flatMap(({ key, values = [] }, j) => {
      const at = Path.of('allowedTopologies').index(i).child('matchLabelExpressions').index(j);
      const errors: FieldError[] = values.length === 0 ? [required(at.child('values'))] : [];
      values.forEach((value, k) => {
        if (values.indexOf(value) < k) errors.push(duplicate(at.child('values').index(k), value));
      });
      errors.push(...validateLabelName(key, at.child('key')));
      if (keys.has(key)) errors.push(duplicate(at.child('key'), key));
      keys.add(key);
      return errors;
    });
  });
}
