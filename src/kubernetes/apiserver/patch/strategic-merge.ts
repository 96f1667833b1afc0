import { deepEqual, isObject, type JsonObject } from '../../api/object';
import type { GoStruct, GoType, MergeRules } from '../schema/go-type';

/** A patch that cannot be merged, in upstream's words. */
export class PatchError extends Error {
  /** A directive of the wrong shape: the client's fault, not the server's. Upstream: util/mergepatch/errors.go */
  constructor(
    text: string,
    readonly ofFormat = false,
  ) {
    super(text);
  }
}

const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

const noRules: MergeRules = { patchMerge: false, retainKeys: false, replace: false, set: false, atomic: false };

/**
 * Merges a strategic merge patch into `original`; neither is kept intact, so hand in copies. What is left of `patch`
 * is what error texts print. Upstream: staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go `mergeMap`.
 */
export function strategicMerge(original: JsonObject, patch: JsonObject, type: GoType | undefined): JsonObject {
  const directive = patch.$patch;
  if (directive === 'replace') {
    delete patch.$patch;
    return patch;
  }
  if (directive === 'delete') return {};
  if (directive === 'merge') delete patch.$patch;
  else if (directive !== undefined) throw new PatchError(`unknown patch type found: ${String(directive)}`);
  retainKeys(original, patch);
  orderLists(original, patch, type);
  for (const [key, value] of Object.entries(patch)) {
    const deletes = key.startsWith(deletePrefix);
    const field = deletes ? key.slice(deletePrefix.length) : key;
    if (value === null) {
      Reflect.deleteProperty(original, field);
      continue;
    }
    const current = original[field];
    if (current === undefined || kindOf(current) !== kindOf(value)) {
      // What is left out of the patch is not in the texts about it either.
      if (!deletes) original[field] = withoutDirectives(withoutNulls(value));
      continue;
    }
    original[field] = mergeField(current, value, memberOf(type, field), deletes);
  }
  return original;
}

function mergeField(current: unknown, value: unknown, member: Member, deletes: boolean): unknown {
  if (isObject(current) && isObject(value)) {
    return member.rules.replace && !member.rules.retainKeys ? value : strategicMerge(current, value, member.type);
  }
  if (Array.isArray(current) && Array.isArray(value)) return mergeList(current, value, member, deletes);
  return value;
}

interface Member {
  readonly type: GoType | undefined;
  readonly rules: MergeRules;
}

function memberOf(type: GoType | undefined, key: string): Member {
  const inner = type?.kind === 'pointer' ? type.element : type;
  if (inner?.kind === 'struct') {
    const found = (inner satisfies GoStruct).fields.get(key);
    return { type: found?.field.type, rules: found?.field.rules ?? noRules };
  }
  return { type: inner?.kind === 'map' ? inner.element : undefined, rules: noRules };
}

function elementOf(type: GoType | undefined): GoType | undefined {
  const inner = type?.kind === 'pointer' ? type.element : type;
  return inner?.kind === 'slice' ? inner.element : undefined;
}

/** `$retainKeys`: everything else goes. */
function retainKeys(original: JsonObject, patch: JsonObject): void {
  const keep = patch.$retainKeys;
  if (keep === undefined) return;
  delete patch.$retainKeys;
  if (!Array.isArray(keep)) throw new PatchError('expecting a list for retainKeys, but got something else', true);
  for (const key of Object.keys(original)) if (!keep.includes(key)) Reflect.deleteProperty(original, key);
}

/** `$setElementOrder/LIST`: merges the list and puts it in order. */
function orderLists(original: JsonObject, patch: JsonObject, type: GoType | undefined): void {
  for (const [key, order] of Object.entries(patch)) {
    if (!key.startsWith(orderPrefix)) continue;
    const field = key.slice(orderPrefix.length);
    const wanted = Array.isArray(order) ? order : [];
    const member = memberOf(type, field);
    const live = original[field];
    const change = patch[field];
    Reflect.deleteProperty(patch, key);
    if (Array.isArray(change)) checkOrder(change, wanted, member.rules.patchMergeKey);
    const { patchMergeKey } = member.rules;
    if (patchMergeKey !== undefined && (Array.isArray(live) || Array.isArray(change)))
      for (const item of wanted) keyed(item, patchMergeKey);
    if (change !== undefined) Reflect.deleteProperty(patch, field);
    let merged: unknown[];
    if (Array.isArray(live)) merged = Array.isArray(change) ? mergeList(live, change, member, false) : live;
    else if (Array.isArray(change))
      merged = withoutDirectives(change) as unknown[]; // a list stays a list
    else continue;
    original[field] = inOrder(merged, wanted, Array.isArray(live) ? live : [], member.rules.patchMergeKey);
  }
}

/** An item of a list that is merged by a key has to have it. Upstream: util/mergepatch/errors.go `ErrNoMergeKey` */
function keyed(item: unknown, key: string): unknown {
  if (isObject(item) && item[key] === undefined) {
    throw new PatchError(`map: ${goMap(item)} does not contain declared merge key: ${key}`);
  }
  return isObject(item) ? item[key] : item;
}

/** Lists that are merged hold things of one kind. Upstream `sliceElementType` */
function checkElements(current: readonly unknown[], patch: readonly unknown[]): void {
  const goTypes = [...current, ...patch].map((item) => (item === null ? 'null' : kindOf(item)));
  if (goTypes[0] === 'array') throw new PatchError('lists of lists are not supported');
  if (goTypes.every((one) => one === goTypes[0])) return;
  throw new PatchError(`list element types are not identical: ${goMap([current, patch])}`);
}

/** What is new or changed has to come in the order that is said of it. Upstream `validatePatchWithSetOrderList` */
function checkOrder(change: readonly unknown[], order: readonly unknown[], key: string | undefined): void {
  if (change.length === 0 || order.length === 0) return;
  const value = (item: unknown) => (key === undefined ? item : keyed(item, key));
  const items = change.filter((item) => !isObject(item) || item.$patch === undefined);
  let at = 0;
  for (const wanted of order) {
    if (at < items.length && deepEqual(value(items[at]), value(wanted))) at++;
  }
  if (at < items.length) {
    const text = `The order in patch list:\n${goMap(change)}\n doesn't match ${orderPrefix.slice(0, -1)} list:\n${goMap(order)}\n`;
    throw new PatchError(text);
  }
}

function mergeList(current: unknown[], patch: unknown[], member: Member, deletes: boolean): unknown[] {
  const { rules, type } = member;
  if (!rules.patchMerge) return withoutDirectives(patch) as unknown[]; // a list stays a list
  if (patch.length === 0 && current.length === 0) return current;
  checkElements(current, patch);
  const maps = [...current, ...patch].some(isObject);
  if (!maps) {
    if (deletes) return current.filter((item) => !patch.includes(item));
    return inOrder([...new Set([...current, ...patch])], patch, current, undefined);
  }
  const key = rules.patchMergeKey;
  if (key === undefined) throw new PatchError('cannot merge lists without merge key');
  const replace = patch.findIndex((item) => isObject(item) && item.$patch === 'replace');
  if (replace >= 0) return patch.filter((_, i) => i !== replace);
  const before = [...current];
  const items = patch.filter(isObject);
  for (const item of items) keyed(item, key);
  // Deletions come first, wherever they stand: an item with the same key may be put back by the rest of the patch.
  const gone = items.filter((item) => item.$patch === 'delete');
  let merged = current.filter((one) => !isObject(one) || !gone.some((item) => deepEqual(one[key], item[key])));
  for (const item of items) {
    if (item.$patch === 'delete') continue;
    const at = merged.findIndex((one) => isObject(one) && deepEqual(one[key], item[key]));
    const found = merged[at];
    if (isObject(found)) merged[at] = strategicMerge(found, item, elementOf(type));
    else merged = [...merged, withoutDirectives(item)];
  }
  const kept = patch.filter((item) => !isObject(item) || item.$patch !== 'delete');
  return inOrder(merged, kept, before, key);
}

/**
 * Items named in `order` come in that order; the others are woven in where the live list had them. Upstream:
 * `normalizeElementOrder`, `mergeSortedSlice`.
 */
function inOrder(items: unknown[], order: unknown[], live: unknown[], key: string | undefined): unknown[] {
  const indexIn = (list: unknown[], item: unknown) =>
    list.findIndex((one) =>
      key !== undefined && isObject(one) && isObject(item) ? deepEqual(one[key], item[key]) : deepEqual(one, item),
    );
  const named = items.filter((item) => indexIn(order, item) >= 0).sort((a, b) => indexIn(order, a) - indexIn(order, b));
  const others = items.filter((item) => indexIn(order, item) < 0).sort((a, b) => indexIn(live, a) - indexIn(live, b));
  const out: unknown[] = [];
  while (named.length > 0 && others.length > 0) {
    const left = indexIn(live, others[0]);
    const right = indexIn(live, named[0]);
    out.push(left >= 0 && right >= 0 && left < right ? others.shift() : named.shift());
  }
  return [...out, ...named, ...others];
}

/** Without the nulls of its maps, in place. Upstream `discardNullValuesFromPatch` */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) for (const item of value) withoutNulls(item);
  if (!isObject(value)) return value;
  for (const [key, item] of Object.entries(value)) {
    if (item === null) Reflect.deleteProperty(value, key);
    else withoutNulls(item);
  }
  return value;
}

/** A value that is new: no directives, and no nulls in its maps. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => !isObject(item) || item.$patch !== 'delete').map(withoutDirectives);
  }
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === null || key === '$patch' || key === '$retainKeys') continue;
    if (key.startsWith(orderPrefix) || key.startsWith(deletePrefix)) continue;
    out[key] = withoutDirectives(item);
  }
  return out;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A JSON value as Go's `%+v` prints it: `map[a:1 b:[x y] c:<nil>]`, keys sorted. */
export function goMap(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`;
  if (!isObject(value)) return String(value);
  const given = Object.entries(value).filter(([, item]) => item !== undefined);
  const entries = given.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `map[${entries.map(([key, item]) => `${key}:${goMap(item)}`).join(' ')}]`;
}
