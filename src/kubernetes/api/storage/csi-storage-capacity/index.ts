// Upstream: pkg/apis/storage/validation/validation.go `ValidateCSIStorageCapacity`
import { defineKind } from '../../define-kind';
import { type FieldError, invalid, Path } from '../../field-error';
import type { CSIStorageCapacity } from '../../generated/storage-v1';
import { validateLabelSelector } from '../../meta/label-selector';
import { complaints } from '../../meta/labels';
import { dns1123Subdomain } from '../../meta/names';
import { negativeText, validateImmutable } from '../../meta/object-meta';
import { canonicalQuantity, nanosOf } from '../../quantity';

export const csiStorageCapacity = defineKind<CSIStorageCapacity>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIStorageCapacity',
  namespaced: true,
  updates: ['whole', 'meta', 'change'],
  name: dns1123Subdomain,
  validateContent({ nodeTopology, storageClassName, capacity }): FieldError[] {
    const negative = capacity !== undefined && nanosOf(capacity) < 0n;
    return [
      ...validateLabelSelector(nodeTopology, Path.of('nodeTopology')),
      ...complaints(dns1123Subdomain, Path.of('storageClassName'), storageClassName ?? ''),
      ...(negative ? [invalid(Path.of('capacity'), canonicalQuantity(capacity), negativeText)] : []),
    ];
  },
  validateChange: (object, old) => [
    ...validateImmutable(object.nodeTopology, old.nodeTopology, Path.of('nodeTopology')),
    ...validateImmutable(object.storageClassName, old.storageClassName, Path.of('storageClassName')),
  ],
});
