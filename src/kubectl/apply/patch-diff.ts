import { deepEqual, isObject, type JsonObject } from '@/kubernetes/api/object';
import type { GoField, GoType } from '@/kubernetes/apiserver/schema/go-type';
import { byCodePoint, sortedKeys } from '@/kubernetes/strconv/go-json';

/** Which half of a three-way merge is worked out. Upstream: strategicpatch/patch.go `DiffOptions`. */
interface Wanted {
  /** Fields and items that are new or different. */
  readonly changes: boolean;
  /** Fields and items that are gone, written as `null` and `$patch: delete`. */
  readonly deletions: boolean;
}

const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

/**
 * The strategic merge patch that makes `modified` of `current`, taking away what `original` (last applied) had and
 * `modified` has not. `type` names merge keys and strategies. Upstream: strategicpatch/patch.go
 * `CreateThreeWayMergePatch`.
 */
export function threeWayMergePatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  type: GoType | undefined,
): JsonObject {
  const delta = diffMaps(current, modified, type, { changes: true, deletions: false }, false);
  const gone = diffMaps(original, modified, type, { changes: false, deletions: true }, false);
  return combineMaps(gone, delta, type);
}

/** The patch that turns `original` into `modified` and nothing else. Upstream: `CreateTwoWayMergePatch`. */
export function twoWayMergePatch(original: JsonObject, modified: JsonObject, type: GoType | undefined): JsonObject {
  return diffMaps(original, modified, type, { changes: true, deletions: true }, false, false);
}

interface Field {
  readonly type: GoType | undefined;
  readonly rules: GoField['rules'] | undefined;
}

function fieldOf(type: GoType | undefined, key: string): Field {
  const inner = type?.kind === 'pointer' ? type.element : type;
  if (inner?.kind === 'struct') {
    const found = inner.fields.get(key)?.field;
    return { type: found?.type, rules: found?.rules };
  }
  return { type: inner?.kind === 'map' ? inner.element : undefined, rules: undefined };
}

function elementOf(type: GoType | undefined): GoType | undefined {
  const inner = type?.kind === 'pointer' ? type.element : type;
  return inner?.kind === 'slice' ? inner.element : undefined;
}

function diffMaps(
  original: JsonObject,
  modified: JsonObject,
  type: GoType | undefined,
  wanted: Wanted,
  retain: boolean,
  order = true,
): JsonObject {
  const patch: JsonObject = {};
  for (const key of sortedKeys(modified)) {
    const value = modified[key];
    const before = original[key];
    if (before === undefined) {
      if (wanted.changes) patch[key] = value;
      continue;
    }
    const field = fieldOf(type, key);
    if (isObject(before) && isObject(value)) {
      if (field.rules?.replace) {
        // Such a map is never compared, and so is part of every patch. Upstream: strategicpatch `handleMapDiff`.
        if (wanted.changes) patch[key] = value;
        continue;
      }
      const inner = diffMaps(before, value, field.type, wanted, field.rules?.retainKeys ?? false, order);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (Array.isArray(before) && Array.isArray(value) && field.rules?.patchMerge) {
      diffLists(key, before, value, field, wanted, order, patch);
    } else if (wanted.changes && !sameValue(before, value)) patch[key] = value;
  }
  if (wanted.deletions) {
    for (const key of sortedKeys(original)) if (modified[key] === undefined) patch[key] = null;
  }
  if (retain) addRetainKeys(patch, original, modified);
  return patch;
}

function sameValue(a: unknown, b: unknown): boolean {
  return deepEqual(a, b);
}

/** `$retainKeys`: the server drops every other key of a union such as a volume's source. */
function addRetainKeys(patch: JsonObject, original: JsonObject, modified: JsonObject): void {
  const keys = sortedKeys(modified).filter((key) => modified[key] !== null);
  const more = Object.keys(original).some((key) => original[key] !== undefined && modified[key] === undefined);
  if (keys.length > 0 && (Object.keys(patch).length > 0 || more)) patch.$retainKeys = keys;
}

function diffLists(
  key: string,
  original: readonly unknown[],
  modified: readonly unknown[],
  field: Field,
  wanted: Wanted,
  order: boolean,
  patch: JsonObject,
): void {
  if (original.length === 0) {
    if (modified.length > 0 && wanted.changes) patch[key] = modified;
    return;
  }
  const mergeKey = field.rules?.patchMergeKey;
  if ([...original, ...modified].some(isObject) && mergeKey !== undefined) {
    const retain = field.rules?.retainKeys ?? false;
    const { changed, deleted } = diffItems(original, modified, elementOf(field.type), mergeKey, wanted, retain, order);
    const list = [...inOrderOf(changed, modified, mergeKey), ...deleted];
    if (list.length > 0) patch[key] = list;
    const same =
      original.length === modified.length &&
      original.every((item, i) => deepEqual(keyOf(item, mergeKey), keyOf(modified[i], mergeKey)));
    if (order && ((wanted.changes && (list.length > 0 || !same)) || (wanted.deletions && list.length > 0))) {
      patch[orderPrefix + key] = modified.map((item) => ({ [mergeKey]: keyOf(item, mergeKey) }));
    }
    return;
  }
  const added = wanted.changes ? modified.filter((item) => !original.includes(item)) : [];
  const removed = wanted.deletions ? original.filter((item) => !modified.includes(item)) : [];
  if (added.length > 0) patch[key] = added;
  if (removed.length > 0) patch[deletePrefix + key] = removed;
  const same = deepEqual(original, modified);
  const some = added.length > 0 || removed.length > 0;
  if (order && ((wanted.changes && (some || !same)) || (wanted.deletions && removed.length > 0))) {
    patch[orderPrefix + key] = [...modified];
  }
}

function keyOf(item: unknown, mergeKey: string): unknown {
  return isObject(item) ? item[mergeKey] : undefined;
}

/** Both lists sorted by the text of their keys, then walked side by side: upstream's `diffListsOfMaps`. */
function diffItems(
  original: readonly unknown[],
  modified: readonly unknown[],
  type: GoType | undefined,
  mergeKey: string,
  wanted: Wanted,
  retain: boolean,
  order: boolean,
): { changed: unknown[]; deleted: unknown[] } {
  const text = (item: unknown) => String(keyOf(item, mergeKey));
  const before = sortedByKey(original.filter(isObject), text);
  const after = sortedByKey(modified.filter(isObject), text);
  const changed: unknown[] = [];
  const deleted: unknown[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const a = before[i];
    const b = after[j];
    if (a && b && text(a) === text(b)) {
      const inner = diffMaps(a, b, type, wanted, retain, order);
      if (Object.keys(inner).length > 0) changed.push({ ...inner, [mergeKey]: b[mergeKey] });
      i++;
      j++;
    } else if (b && (!a || byCodePoint(text(a), text(b)) > 0)) {
      if (wanted.changes) changed.push(b);
      j++;
    } else if (a) {
      if (wanted.deletions) deleted.push({ $patch: 'delete', [mergeKey]: a[mergeKey] });
      i++;
    }
  }
  return { changed, deleted };
}

/**
 * Upstream's comparison calls equal keys less, so its insertion sort turns their order round. It shows: of 80/TCP and
 * 80/UDP, which share the merge key 80, the last one is compared first. Upstream: `SortableSliceOfMaps.Less`.
 */
function sortedByKey(items: readonly JsonObject[], text: (item: unknown) => string): JsonObject[] {
  return [...items].reverse().sort((a, b) => byCodePoint(text(a), text(b)));
}

function inOrderOf(items: readonly unknown[], order: readonly unknown[], mergeKey: string): unknown[] {
  const place = (item: unknown) => order.findIndex((one) => deepEqual(keyOf(one, mergeKey), keyOf(item, mergeKey)));
  return [...items].sort((a, b) => place(a) - place(b));
}

/** Puts two patches together, the second on top. Upstream: `mergeMap` with `MergeParallelList: false`. */
function combineMaps(first: JsonObject, second: JsonObject, type: GoType | undefined): JsonObject {
  const out: JsonObject = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const before = out[key];
    if (before === undefined || before === null || value === null || key.startsWith('$')) out[key] = value;
    else if (isObject(before) && isObject(value)) out[key] = combineMaps(before, value, fieldOf(type, key).type);
    else if (Array.isArray(before) && Array.isArray(value)) out[key] = combineLists(before, value, fieldOf(type, key));
    else out[key] = value;
  }
  return out;
}

function combineLists(first: readonly unknown[], second: readonly unknown[], field: Field): unknown[] {
  const mergeKey = field.rules?.patchMergeKey;
  if (mergeKey === undefined) return [...first, ...second];
  const out = [...second];
  const left: unknown[] = [];
  for (const item of first) {
    const at = out.findIndex((one) => deepEqual(keyOf(one, mergeKey), keyOf(item, mergeKey)));
    const found = out[at];
    if (isObject(found) && isObject(item)) out[at] = combineMaps(item, found, elementOf(field.type));
    else left.push(item);
  }
  return [...out, ...left];
}
