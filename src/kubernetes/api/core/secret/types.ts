// Upstream: pkg/apis/core/validation/validation.go `ValidateSecret`
import { decodeBase64 } from '../../base64';
import { type FieldError, invalid, Path, required } from '../../field-error';
import type { Secret } from '../../generated/core-v1';
import { isObject } from '../../object';

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

/** What Go's JSON reader says of bytes that are no object; the first thing only. */
function jsonError(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) || value === null) return undefined;
    const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
  } catch {
    const first = text.trimStart()[0];
    if (first === undefined || /[{["\d-]/.test(first)) return 'unexpected end of JSON input';
    return `invalid character ${quotedByte(first)} looking for beginning of value`;
  }
}

/** A byte as Go quotes it: what is no printable character of Latin-1 by its number. Go: encoding/json `quoteChar` */
function quotedByte(byte: string): string {
  if (byte === "'") return String.raw`'\''`;
  if (byte === '\\') return String.raw`'\\'`;
  const code = byte.charCodeAt(0);
  if (code < 0x20 || code === 0x7f) return `'\\x${code.toString(16).padStart(2, '0')}'`;
  return /[\p{C}\p{Z}]/u.test(byte) && byte !== ' ' ? `'\\u${code.toString(16).padStart(4, '0')}'` : `'${byte}'`;
}
