import { goJson } from './field-error';
import { isObject } from './object';

/** JSON as Go's `encoding/json` writes maps: keys sorted, what HTML would take for its own escaped; null for what is not there. */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (!isObject(value)) return goJson(value ?? null);
  // Written by hand: an object of JavaScript puts keys that look like numbers first.
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${goJson(key)}:${sortedJson(item)}`).join(',')}}`;
}
