import { isObject } from '@/kubernetes/api/object';
import { sortedKeys } from './go-json';

/** KYAML: flow style YAML with quoted strings and trailing commas. Upstream: sigs.k8s.io/yaml/kyaml. */
export function toKyaml(value: unknown): string {
  return `${write(value, '')}\n`;
}

function write(value: unknown, margin: string): string {
  const inner = `${margin}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    if (value.every((item) => isObject(item) && sortedKeys(item).length > 0)) {
      return `[${value.map((item) => write(item, margin)).join(', ')}]`;
    }
    return `[\n${value.map((item) => `${inner}${write(item, inner)},\n`).join('')}${margin}]`;
  }
  if (isObject(value)) {
    const keys = sortedKeys(value);
    if (keys.length === 0) return '{}';
    return `{\n${keys.map((key) => `${inner}${keyText(key)}: ${write(value[key], inner)},\n`).join('')}${margin}}`;
  }
  if (value === undefined || value === null) return 'null';
  return typeof value === 'string' ? JSON.stringify(value) : String(value as number | boolean);
}

function keyText(key: string): string {
  const bare = /^[A-Za-z_][A-Za-z0-9_./-]*$/.test(key) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(key);
  return bare ? key : JSON.stringify(key);
}
