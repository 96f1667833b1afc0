import { type Json, JqFailure } from './syntax';

/** What jq calls an object. */
export type Table = { readonly [key: string]: Json };
/** The keys and places from a value down to one inside it. */
export type Path = readonly Json[];

/** Whether jq calls it an object. */
export function isTable(value: Json): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether jq calls it an array. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** The type as jq names it. */
export function typeOf(value: Json): string {
  if (value === null) return 'null';
  return isList(value) ? 'array' : typeof value === 'object' ? 'object' : typeof value;
}

/** `string ("abc…)`: how errors name a value (src/jv_print.c `jv_dump_string_trunc`). */
export function named(value: Json): string {
  const text = JSON.stringify(value);
  return `${typeOf(value)} (${text.length > 10 ? `${text.slice(0, 7)}...` : text})`;
}

/** Ends a filter with an error that `try` can catch. */
export function fail(text: string): never {
  throw new JqFailure(text);
}

/** All but `null` and `false` holds. */
export function truth(value: Json): boolean {
  return value !== null && value !== false;
}

const ranks = ['null', 'false', 'true', 'number', 'string', 'array', 'object'];

function rank(value: Json): number {
  return ranks.indexOf(typeof value === 'boolean' ? String(value) : typeOf(value));
}

/** jq's order: null, false, true, numbers, strings, arrays, objects. */
export function compare(a: Json, b: Json): number {
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (isList(a) && isList(b)) {
    for (const [i, one] of a.entries()) {
      const other = b[i];
      if (other === undefined) return 1;
      const result = compare(one, other);
      if (result !== 0) return result;
    }
    return a.length - b.length;
  }
  if (isTable(a) && isTable(b)) {
    const keys = compare(Object.keys(a).sort(), Object.keys(b).sort());
    if (keys !== 0) return keys;
    for (const key of Object.keys(a).sort()) {
      const result = compare(a[key] ?? null, b[key] ?? null);
      if (result !== 0) return result;
    }
  }
  return 0;
}

/** `.[key]`. */
export function at(value: Json, key: Json): Json {
  if (isTable(value) && typeof key === 'string') return Object.hasOwn(value, key) ? (value[key] ?? null) : null;
  if (isList(value) && typeof key === 'number') {
    const index = Math.floor(key);
    return value[index < 0 ? value.length + index : index] ?? null;
  }
  if (value === null && (typeof key === 'string' || typeof key === 'number' || key === null || isTable(key)))
    return null;
  if (isTable(key) && (isList(value) || typeof value === 'string'))
    return cut(value, key.start ?? null, key.end ?? null);
  if (isList(value) && isList(key)) {
    const found = value.flatMap((_one, i) => (compare(value.slice(i, i + key.length), key) === 0 ? [i] : []));
    return found;
  }
  return typeof key === 'string'
    ? fail(`Cannot index ${typeOf(value)} with string "${key}"`)
    : fail(`Cannot index ${typeOf(value)} with ${typeOf(key)}`);
}

/** `.[from:to]`. */
export function cut(value: Json, from: Json, to: Json): Json {
  if (value === null) return null;
  if (typeof value !== 'string' && !isList(value)) return fail(`Cannot index ${typeOf(value)} with object`);
  const [start, end] = [from ?? 0, to ?? value.length];
  if (typeof start !== 'number' || typeof end !== 'number')
    return fail('Start and end indices of an array slice must be numbers');
  return value.slice(Math.floor(start), Math.ceil(end));
}

/** What an array or object holds, each by its key or place. Throws JqFailure for any other value. */
export function members(value: Json): (readonly [Json, Json])[] {
  if (isList(value)) return value.map((one, i) => [i, one] as const);
  if (isTable(value)) return Object.entries(value);
  return fail(
    `Cannot iterate over ${value === null ? 'null' : typeOf(value)}${value === null ? ' (null)' : ` (${named(value).replace(/^\w+ \(/, '')}`}`,
  );
}

/** What is at a path; `null` where there is nothing. */
export function valueAt(value: Json, path: Path): Json {
  return path.reduce((inner: Json, key) => (inner === null ? null : at(inner, key)), value);
}

/** The value with another in the place of what is at the path. */
export function put(value: Json, path: Path, replacement: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  const inner = put(at(value, key), rest, replacement);
  if (typeof key === 'string') return { ...(isTable(value) ? value : {}), [key]: inner };
  if (typeof key === 'number') {
    const list = isList(value) ? [...value] : [];
    const index = key < 0 ? list.length + key : key;
    if (index < 0) return fail('Out of bounds negative array index');
    if (index > 1_000_000) return fail('Array index too large');
    while (list.length < index) list.push(null);
    list[index] = inner;
    return list;
  }
  if (isTable(key) && (value === null || isList(value)) && isList(inner)) {
    const list = value ?? [];
    const [start, end] = [Number(key.start ?? 0), Number(key.end ?? list.length)];
    return [...list.slice(0, start), ...inner, ...list.slice(end < 0 ? list.length + end : end)];
  }
  return fail('Invalid path component');
}

/** The value without what is at the path. */
export function without(value: Json, path: Path): Json {
  const [key, ...rest] = path;
  if (key === undefined) return null;
  if (value === null) return null;
  if (rest.length > 0) {
    const inner = at(value, key);
    return inner === null ? value : put(value, [key], without(inner, rest));
  }
  if (isTable(value) && typeof key === 'string')
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  if (isList(value) && typeof key === 'number')
    return value.filter((_one, i) => i !== (key < 0 ? value.length + key : key));
  if (isList(value) && isTable(key)) return put(value, [key], []);
  return fail(`Cannot delete field at ${typeOf(value)} index of ${typeOf(key)}`);
}

/** `+ - * / %`. */
export function calculate(operator: string, a: Json, b: Json): Json {
  const numbers = typeof a === 'number' && typeof b === 'number';
  switch (operator) {
    case '+':
      if (a === null) return b;
      if (b === null) return a;
      if (numbers) return a + b;
      if (typeof a === 'string' && typeof b === 'string') return a + b;
      if (isList(a) && isList(b)) return [...a, ...b];
      if (isTable(a) && isTable(b)) return { ...a, ...b };
      return fail(`${named(a)} and ${named(b)} cannot be added`);
    case '-':
      if (numbers) return a - b;
      if (isList(a) && isList(b)) return a.filter((one) => !b.some((other) => compare(one, other) === 0));
      return fail(`${named(a)} and ${named(b)} cannot be subtracted`);
    case '*':
      if (numbers) return a * b;
      if (isTable(a) && isTable(b)) return merged(a, b);
      if (typeof a === 'string' && typeof b === 'number') {
        if (a.length * b > 1_000_000) return fail('Repeat string result too long');
        return b <= 0 ? null : a.repeat(Math.max(1, Math.ceil(b)));
      }
      return fail(`${named(a)} and ${named(b)} cannot be multiplied`);
    case '/':
      if (numbers && b === 0) return fail(`${named(a)} and ${named(b)} cannot be divided because the divisor is zero`);
      if (numbers) return a / b;
      if (typeof a === 'string' && typeof b === 'string') return a === '' ? [] : a.split(b);
      return fail(`${named(a)} and ${named(b)} cannot be divided`);
    default:
      if (numbers && Math.trunc(b) === 0)
        return fail(`${named(a)} and ${named(b)} cannot be divided because the divisor is zero`);
      if (numbers) return Math.trunc(a) % Math.trunc(b);
      return fail(`${named(a)} and ${named(b)} cannot be divided`);
  }
}

function merged(a: Table, b: Table): Table {
  const both = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const old = both[key];
    both[key] = old !== undefined && isTable(old) && isTable(value) ? merged(old, value) : value;
  }
  return both;
}
