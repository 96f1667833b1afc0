// Upstream: pkg/registry/core/configmap/strategy.go, pkg/apis/core/validation/validation.go `ValidateConfigMap`
import { decodeBase64 } from '../../base64';
import { defineKind } from '../../define-kind';
import { type FieldError, forbidden, invalid, Path, tooLong } from '../../field-error';
import type { ConfigMap } from '../../generated/core-v1';
import { complaints } from '../../meta/labels';
import { byteLength, configMapKey, dns1123Subdomain } from '../../meta/names';
import { deepEqual } from '../../object';

/** 1 MiB, of ConfigMaps and Secrets alike. */
export const maxDataBytes = 1024 * 1024;

export const configMap = defineKind<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  namespaced: true,
  updates: ['meta', 'change', 'whole'],
  name: dns1123Subdomain,
  validateContent({ data = {}, binaryData = {} }) {
    const errors: FieldError[] = [];
    let bytes = 0;
    for (const [key, value] of Object.entries(data)) {
      const at = Path.of('data').key(key);
      errors.push(...complaints(configMapKey, at, key));
      if (binaryData[key] !== undefined) errors.push(invalid(at, key, 'duplicate of key present in binaryData'));
      bytes += byteLength(value);
    }
    for (const [key, value] of Object.entries(binaryData)) {
      errors.push(...complaints(configMapKey, Path.of('binaryData').key(key), key));
      bytes += decodeBase64(value).length;
    }
    // Upstream gives it no path: the error is about the whole object.
    if (bytes > maxDataBytes) errors.push(tooLong(Path.of('[]'), maxDataBytes));
    return errors;
  },
  validateChange: (object, old) => validateFrozen(object, old, ['data', 'binaryData']),
});

/** What `immutable: true` holds fast, itself first. */
export function validateFrozen<T extends { immutable?: boolean }>(
  object: T,
  old: T,
  fields: readonly (keyof T & string)[],
): FieldError[] {
  if (!old.immutable) return [];
  const text = 'field is immutable when `immutable` is set';
  const errors = object.immutable ? [] : [forbidden(Path.of('immutable'), text)];
  for (const field of fields) if (!deepEqual(object[field], old[field])) errors.push(forbidden(Path.of(field), text));
  return errors;
}
