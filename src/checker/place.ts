import { isObject } from '@/kubernetes/api/object';
import type { FieldPath, ManifestDocument, Range } from '@/manifest/manifest';
import { valueAt } from './change';

/** Fields that stand in for one that the server filled in from them. */
const filledFrom: Readonly<Record<string, string>> = { hostPort: 'containerPort', name: 'generateName' };

/**
 * The characters that words about a field mean: a key where its name is meant or nothing stands behind it, a missing
 * field's parent by its key, the entry of a map that the words quote, otherwise the value.
 */
export function placeOf(document: ManifestDocument, path: FieldPath, message: string, name: boolean): Range {
  if (path.length === 0) return document.range;
  const { key, value, found } = document.rangeOf(path);
  if (name) return key ?? value;
  const last = path.at(-1);
  if (!found) {
    const source = document.rangeOf([...path.slice(0, -1), filledFrom[String(last)] ?? last ?? '']);
    return source.found ? source.value : (key ?? value);
  }
  const here = valueAt(document.value, path);
  const said = quotedValue(message);
  if (said !== undefined && isObject(here)) return entryOf(document, path, here, said) ?? key ?? value;
  if (said !== undefined && Array.isArray(here)) {
    const at = here.indexOf(said);
    if (at >= 0) return document.rangeOf([...path, at]).value;
  }
  if (key && typeof said === 'string' && said === last && here !== said) return key;
  const empty = value.start.line === value.end.line && value.start.character === value.end.character;
  return (empty || isObject(here) ? key : undefined) ?? value;
}

/** Label keys and values are all told of at the map that holds them. */
function entryOf(document: ManifestDocument, path: FieldPath, map: object, said: unknown): Range | undefined {
  if (typeof said === 'string' && Object.hasOwn(map, said)) return document.rangeOf([...path, said]).key;
  const entry = Object.entries(map).find(([, value]) => value === said);
  return entry && document.rangeOf([...path, entry[0]]).value;
}

/** `Invalid value: "a b": …` → `a b`; undefined for structured values and where nothing is quoted. */
export function quotedValue(message: string): unknown {
  const text = /(?:Invalid|Unsupported|Duplicate) value: ("(?:[^"\\]|\\.)*"|-?\d+|true|false)/.exec(message)?.[1];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Go's escapes are not all of JSON's.
    return undefined;
  }
}
