// Upstream: pkg/apis/storage/validation/validation.go, pkg/apis/storage/v1/defaults.go
import { defineKind } from '../../define-kind';
import { duplicate, type FieldError, Path, required } from '../../field-error';
import type { StorageClass } from '../../generated/storage-v1';
import { validateLabelName } from '../../meta/labels';
import { dns1123Subdomain } from '../../meta/names';
import { validateImmutable } from '../../meta/object-meta';
import { validateParameters, validateProvisioner } from '../parameters';
import { optionalOneOf, presentOneOf } from '../../core/pod-spec/validation/supported';

export const storageClass = defineKind<StorageClass>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  namespaced: false,
  updates: ['whole', 'meta', 'change'],
  name: dns1123Subdomain,
  setDefaults(object) {
    object.reclaimPolicy ??= 'Delete';
    object.volumeBindingMode ??= 'Immediate';
  },
  validateContent(object) {
    const { provisioner, reclaimPolicy, volumeBindingMode } = object;
    const modes = ['Immediate', 'WaitForFirstConsumer'];
    return [
      ...validateProvisioner(provisioner, Path.of('provisioner')),
      ...validateParameters(object.parameters, Path.of('parameters')),
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

/** What a term asks for, to tell the same term apart; what is wrong with it. Upstream: `ValidateTopologySelectorTerm` */
function validateTopologies(terms: NonNullable<StorageClass['allowedTopologies']>): FieldError[] {
  // Upstream compares with as many empty terms as there are terms, by mistake, and then with those before.
  const seen = terms.map(() => '{}');
  return terms.flatMap(({ matchLabelExpressions = [] }, i) => {
    const wanted = new Map<string, string[]>();
    const path = Path.of('allowedTopologies').index(i).child('matchLabelExpressions');
    const errors = matchLabelExpressions.flatMap(({ key = '', values = [] }, j) => {
      const at = path.index(j);
      const errors: FieldError[] = values.length === 0 ? [required(at.child('values'))] : [];
      values.forEach((value, k) => {
        if (values.indexOf(value) < k) errors.push(duplicate(at.child('values').index(k), value));
      });
      errors.push(...validateLabelName(key, at.child('key')));
      if (wanted.has(key)) errors.push(duplicate(at.child('key'), key));
      wanted.set(key, [...new Set(values)].sort());
      return errors;
    });
    const term = JSON.stringify(Object.fromEntries([...wanted].sort(([a], [b]) => (a < b ? -1 : 1))));
    const twice = seen.filter((other) => other === term).map(() => duplicate(path, ''));
    seen.push(term);
    return [...errors, ...twice];
  });
}
