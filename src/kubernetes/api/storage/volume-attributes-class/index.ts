// Upstream: pkg/apis/storage/validation/validation.go `ValidateVolumeAttributesClass`
import { defineKind } from '../../define-kind';
import { forbidden, Path, required } from '../../field-error';
import type { VolumeAttributesClass } from '../../generated/storage-v1';
import { dns1123Subdomain } from '../../meta/names';
import { deepEqual } from '../../object';
import { validateParameters, validateProvisioner } from '../parameters';

export const volumeAttributesClass = defineKind<VolumeAttributesClass>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttributesClass',
  namespaced: false,
  updates: ['meta', 'change', 'whole'],
  name: dns1123Subdomain,
  validateContent({ driverName, parameters }) {
    const at = Path.of('parameters');
    return [
      ...validateProvisioner(driverName, Path.of('driverName')),
      ...validateParameters(parameters, at),
      ...(Object.keys(parameters ?? {}).length === 0 ? [required(at, 'must contain at least one key/value pair')] : []),
    ];
  },
  validateChange: (object, old) =>
    (['driverName', 'parameters'] as const)
      .filter((field) => !deepEqual(object[field], old[field]))
      .map((field) => forbidden(Path.of(field), `updates to ${field} are forbidden.`)),
});
