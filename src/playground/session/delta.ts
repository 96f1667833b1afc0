/**
 * How one plain value became another: nothing that stayed the same is told again. `keep`: it is the same. `is`: another value
 * altogether. `keys`: an object, of which some parts are others. `list`: how many items at the beginning and at the end
 * stayed; between them each item is one of before (by its place there) with what changed in it.
 */
export type Delta =
  | { readonly is: unknown }
  | { readonly keys: Readonly<Record<string, Delta>>; readonly gone: readonly string[] }
  | { readonly list: readonly Item[]; readonly head: number; readonly tail: number };

/** An item of a list: the one that stood at `was`, changed by `by`; or a new one. */
type Item = number | { readonly was: number; readonly by: Delta } | { readonly is: unknown };

/** What became of `before`; undefined where nothing did. Both are plain data. */
export function deltaOf(before: unknown, after: unknown): Delta | undefined {
  if (before === after) return undefined;
  if (Array.isArray(before) && Array.isArray(after)) return listDelta(before, after);
  if (isRecord(before) && isRecord(after)) return keysDelta(before, after);
  return { is: after };
}

/** `before` with what became of it. What did not change is the very same object: whoever shows it need not look again. */
export function patched(before: unknown, delta: Delta | undefined): unknown {
  if (!delta) return before;
  if ('is' in delta) return delta.is;
  if ('keys' in delta) {
    const old = isRecord(before) ? before : {};
    const kept = Object.entries(old).filter(([key]) => !delta.gone.includes(key));
    const changed = Object.entries(delta.keys).map(([key, by]) => [key, patched(own(old, key), by)] as const);
    return Object.fromEntries([...kept, ...changed]);
  }
  const list: readonly unknown[] = Array.isArray(before) ? before : [];
  const between = delta.list.map((item) => {
    if (typeof item === 'number') return list[item];
    return 'was' in item ? patched(list[item.was], item.by) : item.is;
  });
  return [...list.slice(0, delta.head), ...between, ...list.slice(list.length - delta.tail)];
}

function keysDelta(before: Record<string, unknown>, after: Record<string, unknown>): Delta | undefined {
  const changed = Object.entries(after).flatMap(([key, value]) => {
    const by: Delta | undefined = Object.hasOwn(before, key) ? deltaOf(before[key], value) : { is: value };
    return by ? [[key, by] as const] : [];
  });
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return changed.length === 0 && gone.length === 0 ? undefined : { keys: Object.fromEntries(changed), gone };
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function listDelta(before: readonly unknown[], after: readonly unknown[]): Delta | undefined {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && same(before[head], after[head])) head++;
  if (head === before.length && head === after.length) return undefined;
  let tail = 0;
  while (tail < most - head && same(before[before.length - 1 - tail], after[after.length - 1 - tail])) tail++;
  const places = new Map(namesOf(before, head, tail).map((name, i) => [name, head + i]));
  const names = namesOf(after, head, tail);
  const list = after.slice(head, after.length - tail).map((value, i): Item => {
    const was = places.get(names[i] ?? '');
    if (was === undefined) return { is: value };
    const by = deltaOf(before[was], value);
    return by ? { was, by } : was;
  });
  return { list, head, tail };
}

/** What the items between `head` and `tail` are called; where not each has a name of its own, they are numbered. */
function namesOf(list: readonly unknown[], head: number, tail: number): string[] {
  const names = list.slice(head, list.length - tail).map((item, i) => nameOf(item) ?? `#${head + i}`);
  return new Set(names).size === names.length ? names : names.map((_, i) => `#${head + i}`);
}

function same(before: unknown, after: unknown): boolean {
  return deltaOf(before, after) === undefined;
}

/** What an item is called, so that it is found again where another stands before it: its key, its name, its first cell. */
function nameOf(item: unknown): string | undefined {
  if (typeof item === 'string') return item;
  if (Array.isArray(item)) return typeof item[0] === 'string' ? item[0] : undefined;
  if (!isRecord(item)) return undefined;
  const name = item['key'] ?? item['name'];
  return typeof name === 'string' ? name : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
