import { isObject } from '@/kubernetes/api/object';
import { sortedKeys } from '@/kubernetes/strconv/go-json';

/** A JSON value as Go's `%#v` prints it: `map[string]interface {}{"a":1}`. */
export function goSyntax(value: unknown): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (isObject(value)) {
    const fields = sortedKeys(value).map((key) => `${JSON.stringify(key)}:${goSyntax(value[key])}`);
    return `map[string]interface {}{${fields.join(', ')}}`;
  }
  if (value === null || value === undefined) return 'interface {}(nil)';
  return typeof value === 'string' ? JSON.stringify(value) : String(value as number | boolean); // what else JSON has
}

/** The same value as `%v` prints it: `map[a:1 b:[x y]]`, keys sorted. */
export function goValueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goValueText).join(' ')}]`;
  if (isObject(value))
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${goValueText(value[key])}`)
      .join(' ')}]`;
  if (value === null) return '<nil>';
  return value === undefined ? '<no value>' : String(value as string | number | boolean); // what else JSON has
}
