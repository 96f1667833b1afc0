// Upstream: pkg/apis/core/validation/validation.go `ValidateSecret`
import { decodeBase64 } from '../../base64';
import { type FieldError, invalid, Path, required } from '../../field-error';
import type { Secret } from '../../generated/core-v1';
import { jsonError } from '../json-error';

const accountName = 'kubernetes.io/service-account.name';

/** Keys each type of Secret has to have. */
const requiredKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};
const dockerKeys: Readonly<Record<string, string>> = {
  'kubernetes.io/dockercfg': '.dockercfg',
  'kubernetes.io/dockerconfigjson': '.dockerconfigjson',
};

export function validateSecretType({ type = '', data = {}, metadata }: Secret, path: Path): FieldError[] {
  if (type === 'kubernetes.io/service-account-token') {
    if (metadata.annotations?.[accountName]) return [];
    return [required(Path.of('metadata.annotations').key(accountName))];
  }
  if (type === 'kubernetes.io/basic-auth') {
    const keys = ['username', 'password'];
    return keys.some((key) => data[key] !== undefined) ? [] : keys.map((key) => required(path.key(key)));
  }
  const dockerKey = dockerKeys[type];
  if (dockerKey) {
    const value = data[dockerKey];
    if (value === undefined) return [required(path.key(dockerKey))];
    const error = jsonError(String.fromCharCode(...decodeBase64(value)));
    return error ? [invalid(path.key(dockerKey), '<secret contents redacted>', error)] : [];
  }
  return (requiredKeys[type] ?? [])
    .filter((key) => data[key] === undefined || (key === 'ssh-privatekey' && !data[key]))
    .map((key) => required(path.key(key)));
}
