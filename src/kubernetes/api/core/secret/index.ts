// Upstream: pkg/registry/core/secret/strategy.go, pkg/apis/core/validation/validation.go `ValidateSecret`
import { decodeBase64, decodeBase64Text, encodeBase64 } from '../../base64';
import { defineKind } from '../../define-kind';
import { type FieldError, Path, tooLong } from '../../field-error';
import type { Secret } from '../../generated/core-v1';
import { complaints } from '../../meta/labels';
import { configMapKey, dns1123Subdomain } from '../../meta/names';
import { validateImmutable } from '../../meta/object-meta';
import { maxDataBytes, validateFrozen } from '../config-map';
import { validateSecretType } from './types';

export const secret = defineKind<Secret>({
  group: '',
  version: 'v1',
  kind: 'Secret',
  namespaced: true,
  updates: ['meta', 'change', 'whole'],
  name: dns1123Subdomain,
  setDefaults(object) {
    object.type ||= 'Opaque';
    for (const [key, value] of Object.entries(object.stringData ?? {})) {
      object.data = { ...object.data, [key]: encodeBase64(value) };
    }
    delete object.stringData;
  },
  validateContent(object) {
    const path = Path.of('data');
    const errors: FieldError[] = [];
    let bytes = 0;
    for (const [key, value] of Object.entries(object.data ?? {})) {
      errors.push(...complaints(configMapKey, path.key(key), key));
      bytes += decodeBase64(value).length;
    }
    if (bytes > maxDataBytes) errors.push(tooLong(path, maxDataBytes));
    return [...errors, ...validateSecretType(object, path)];
  },
  validateChange(object, old) {
    return [...validateImmutable(object.type, old.type, Path.of('type')), ...validateFrozen(object, old, ['data'])];
  },
  warnings: tlsWarnings,
});

/**
 * A real server loads the key pair; here only the missing PEM blocks are noticed, which is what pasted placeholders
 * lack. Texts: crypto/tls of Go's library.
 */
function tlsWarnings({ type, data }: Secret): string[] {
  if (type !== 'kubernetes.io/tls') return [];
  const lacksPem = (key: string) => !decodeBase64Text(data?.[key] ?? '').includes('-----BEGIN ');
  if (lacksPem('tls.crt')) return ['tls: failed to find any PEM data in certificate input'];
  return lacksPem('tls.key') ? ['tls: failed to find any PEM data in key input'] : [];
}
