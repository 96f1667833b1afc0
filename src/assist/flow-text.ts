import { isObject } from '@/kubernetes/api/object';

/** A value as YAML on one line: `{type: RollingUpdate}`. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (!isObject(value))
    return typeof value === 'string' && !/^[\w./%-]+$/.test(value) ? JSON.stringify(value) : String(value);
  const pairs = Object.entries(value).map(([name, inner]) => `${name}: ${flowText(inner)}`);
  return `{${pairs.join(', ')}}`;
}
