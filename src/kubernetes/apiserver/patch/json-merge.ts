import { isObject, type JsonObject } from '../../api/object';

/** RFC 7386: `null` removes, objects merge, everything else replaces. The arguments stay as they are. */
export function jsonMerge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const out: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(out, key);
    else out[key] = jsonMerge(out[key], value);
  }
  return out;
}
