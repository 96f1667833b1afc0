import { isObject } from '../api/object';

/**
 * JSON as Go's encoding/json writes it: keys sorted, `<`, `>` and `&` escaped. `indent` spaces per level; none = one
 * line. Fields that are undefined are left out.
 */
export function goJson(value: unknown, indent = 0): string {
  return write(value, indent === 0 ? undefined : ' '.repeat(indent), '', sortedKeys);
}

/** The same with keys in the order they have: what Go writes of structs. */
export function goStructJson(value: unknown, indent = 0): string {
  return write(value, indent === 0 ? undefined : ' '.repeat(indent), '', presentKeys);
}

function presentKeys(value: { readonly [key: string]: unknown }): string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined);
}

function write(value: unknown, step: string | undefined, margin: string, keysOf: typeof sortedKeys): string {
  const inner = step === undefined ? '' : margin + step;
  const open = step === undefined ? '' : `\n${inner}`;
  const close = step === undefined ? '' : `\n${margin}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[${open}${value.map((item) => write(item, step, inner, keysOf)).join(`,${open}`)}${close}]`;
  }
  if (isObject(value)) {
    const keys = keysOf(value);
    if (keys.length === 0) return '{}';
    const colon = step === undefined ? ':' : ': ';
    const fields = keys.map((key) => `${goString(key)}${colon}${write(value[key], step, inner, keysOf)}`);
    return `{${open}${fields.join(`,${open}`)}${close}}`;
  }
  if (typeof value === 'string') return goString(value);
  if (typeof value === 'number') return goNumber(value);
  return value === undefined ? 'null' : JSON.stringify(value);
}

/** Keys in the order of their bytes, undefined values left out. */
export function sortedKeys(value: { readonly [key: string]: unknown }): string[] {
  return presentKeys(value).sort(byCodePoint);
}

/** Go compares strings byte by byte; UTF-8 bytes sort as code points do. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Halves of a pair stand for characters behind all that one unit holds. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function goString(text: string): string {
  return htmlSafe(JSON.stringify(text));
}

/** What HTML would take for its own is escaped. `json` = a text of JSON. */
export function htmlSafe(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Floats: exponent form from 1e21 on and below 1e-6, with at least two digits of exponent gone as Go does. */
function goNumber(value: number): string {
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A number as Go's `%v` prints it: exponents from 1e21 on. */
export function goFloat(value: number): string {
  return goNumber(value);
}
