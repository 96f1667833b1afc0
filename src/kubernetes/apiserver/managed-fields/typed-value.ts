import { deepEqual, isObject, type JsonObject } from '../../api/object';
import type { GoField, GoType, MergeRules } from '../schema/go-type';
import { FieldSet } from './field-set';

/** How server-side apply looks into a value. */
type Shape =
  | { readonly kind: 'map'; member(name: string): { type: GoType | undefined; rules: MergeRules | undefined } }
  | { readonly kind: 'associative'; readonly keys: readonly string[]; readonly item: GoType }
  | { readonly kind: 'set' }
  | { readonly kind: 'leaf' };

/** Upstream: sigs.k8s.io/structured-merge-diff/typed; lists without a marker are replaced as a whole. */
export function shapeOf(value: unknown, type: GoType | undefined, rules?: MergeRules): Shape {
  const inner = type?.kind === 'pointer' ? type.element : type;
  if (Array.isArray(value)) {
    if (rules?.set) return { kind: 'set' };
    if (rules?.listMapKeys && inner?.kind === 'slice') {
      return { kind: 'associative', keys: rules.listMapKeys, item: inner.element };
    }
    return { kind: 'leaf' };
  }
  if (!isObject(value) || rules?.atomic || !inner) return { kind: 'leaf' };
  if (inner.kind === 'map') return { kind: 'map', member: () => ({ type: inner.element, rules: undefined }) };
  if (inner.kind !== 'struct' || inner.atomic) return { kind: 'leaf' };
  return {
    kind: 'map',
    member(name) {
      const field = inner.fields.get(name)?.field;
      return { type: field?.type, rules: field?.rules };
    },
  };
}

/** The parts of a value that are looked at one by one, by their steps; undefined for a leaf. */
interface Part {
  readonly value: unknown;
  readonly type: GoType | undefined;
  readonly rules: MergeRules | undefined;
}

function partsOf(value: unknown, type: GoType | undefined, rules?: MergeRules): Map<string, Part> | undefined {
  const shape = shapeOf(value, type, rules);
  const parts = new Map<string, Part>();
  if (shape.kind === 'map' && isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      if (item !== undefined) parts.set(`f:${name}`, { value: item, ...shape.member(name) });
    }
    return parts;
  }
  if (!Array.isArray(value)) return undefined;
  if (shape.kind === 'associative') {
    for (const item of value)
      parts.set(keyStep(item, shape.keys, shape.item), { value: item, type: shape.item, rules: undefined });
    return parts;
  }
  if (shape.kind !== 'set') return undefined;
  for (const item of value) parts.set(`v:${JSON.stringify(item)}`, { value: item, type: undefined, rules: undefined });
  return parts;
}

const zeros: Readonly<Partial<Record<GoType['kind'], unknown>>> = { string: '', int: 0 };

/** `k:{"containerPort":80,"protocol":"TCP"}`; an absent key counts as its default. */
export function keyStep(item: unknown, keys: readonly string[], type: GoType): string {
  const inner = type.kind === 'pointer' ? type.element : type;
  const fieldOf = (name: string): GoField | undefined =>
    inner.kind === 'struct' ? inner.fields.get(name)?.field : undefined;
  const key: JsonObject = {};
  for (const name of [...keys].sort()) {
    const value = isObject(item) ? item[name] : undefined;
    const field = fieldOf(name);
    // A field that is always written has a default of nothing.
    const filled = value ?? field?.default ?? (field?.omitEmpty === false ? zeros[field.type.kind] : undefined);
    if (filled !== undefined) key[name] = filled;
  }
  return `k:${JSON.stringify(key)}`;
}

/** Without the maps and lists that are `null`: they say nothing of what is there. Upstream: typed/merge.go `visitMapItems` */
export function withoutNulls(value: unknown, type: GoType | undefined, rules?: MergeRules): unknown {
  const parts = partsOf(value, type, rules);
  if (!parts || !isObject(value)) {
    return parts ? [...parts.values()].map((part) => withoutNulls(part.value, part.type, part.rules)) : value;
  }
  const left = [...parts].filter(([, part]) => part.value !== null || isLeaf(part));
  return Object.fromEntries(
    left.map(([step, part]) => [step.slice(2), withoutNulls(part.value, part.type, part.rules)]),
  );
}

function isLeaf({ type, rules }: Part): boolean {
  const inner = type?.kind === 'pointer' ? type.element : type;
  if (inner?.kind === 'slice') return !rules?.set && !rules?.listMapKeys;
  return !inner || rules?.atomic === true || (inner.kind === 'struct' ? inner.atomic : inner.kind !== 'map');
}

/** The fields that an applied configuration owns: its leaves, and the items of its keyed lists. */
export function fieldsOf(value: unknown, type: GoType | undefined, rules?: MergeRules): FieldSet {
  const set = new FieldSet();
  const parts = partsOf(value, type, rules);
  if (!parts || parts.size === 0) {
    set.owned = true;
    return set;
  }
  for (const [step, part] of parts) {
    const inner = fieldsOf(part.value, part.type, part.rules);
    if (!step.startsWith('f:')) inner.owned = true;
    set.children.set(step, inner);
  }
  return set;
}

/** Every path of a value, inner ones included: what is counted when it comes or goes as a whole. */
function everything(part: Part): FieldSet {
  const set = fieldsOf(part.value, part.type, part.rules);
  const own = (one: FieldSet) => {
    one.owned = true;
    one.children.forEach(own);
  };
  own(set);
  return set;
}

export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** What changed between two values of one type. */
export function compare(before: unknown, after: unknown, type: GoType | undefined, rules?: MergeRules): Comparison {
  const out = { added: new FieldSet(), modified: new FieldSet(), removed: new FieldSet() };
  if (deepEqual(before, after)) return out;
  const old = partsOf(before, type, rules);
  const now = partsOf(after, type, rules);
  if (!old || !now) {
    out.modified.owned = true;
    return out;
  }
  for (const [step, part] of now) {
    const previous = old.get(step);
    if (!previous) {
      out.added.children.set(step, everything(part));
      continue;
    }
    const inner = compare(previous.value, part.value, part.type, part.rules);
    for (const name of ['added', 'modified', 'removed'] as const) {
      if (!inner[name].isEmpty) out[name].children.set(step, inner[name]);
    }
  }
  for (const [step, part] of old) if (!now.has(step)) out.removed.children.set(step, everything(part));
  return out;
}

/** An applied configuration laid over the live object. */
export function merge(live: unknown, config: unknown, type: GoType | undefined, rules?: MergeRules): unknown {
  const old = partsOf(live, type, rules);
  const now = partsOf(config, type, rules);
  if (!old || !now) return structuredClone(config);
  const merged = new Map<string, unknown>();
  for (const step of weave([...old.keys()], [...now.keys()])) {
    const before = old.get(step);
    const part = now.get(step);
    if (before && part) merged.set(step, merge(before.value, part.value, part.type, part.rules));
    else merged.set(step, structuredClone((part ?? before)?.value));
  }
  return assembled(merged, Array.isArray(config));
}

/** Steps of the live value in their order, where the configuration does not say otherwise. */
function weave(live: readonly string[], config: readonly string[]): string[] {
  const out = [...config];
  live.forEach((step, i) => {
    if (out.includes(step)) return;
    const before = live[i - 1];
    out.splice(before === undefined ? 0 : out.indexOf(before) + 1, 0, step);
  });
  return out;
}

function assembled(parts: ReadonlyMap<string, unknown>, list: boolean): unknown {
  if (list) return [...parts.values()];
  return Object.fromEntries([...parts].map(([step, value]) => [step.slice(2), value]));
}

/** Takes fields out; an item of a list goes with all it holds unless `kept` has something below it. */
export function prune(
  value: unknown,
  gone: FieldSet,
  kept: FieldSet | undefined,
  type: GoType | undefined,
  rules?: MergeRules,
): unknown {
  const parts = partsOf(value, type, rules);
  if (!parts) return value;
  const left = new Map<string, unknown>();
  for (const [step, part] of parts) {
    const inner = gone.children.get(step);
    const keptInner = kept?.children.get(step);
    if (!inner) left.set(step, part.value);
    else if (inner.owned && (!keptInner || keptInner.isEmpty)) continue;
    else left.set(step, prune(part.value, inner, keptInner, part.type, part.rules));
  }
  return assembled(left, Array.isArray(value));
}
