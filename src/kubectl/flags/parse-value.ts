import type { Flag, FlagValue } from './flag';

/** A value that its flag cannot take; `message` is Go's own text. */
export class BadValue extends Error {}

/** The value of `text` for `flag`. Throws BadValue with the text of strconv or time. */
export function parseValue(flag: Flag, text: string, before: FlagValue | undefined): FlagValue {
  switch (flag.kind) {
    case 'string':
      return text;
    case 'bool':
      return parseBool(text);
    case 'int':
    case 'int64':
      return parseInteger(text, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    case 'int32':
      return parseInteger(text, -2147483648, 2147483647);
    case 'duration':
      return parseDuration(text);
    case 'stringSlice':
      return [...(Array.isArray(before) ? before : []), ...splitCsv(text)];
    case 'stringArray':
      return [...(Array.isArray(before) ? before : []), text];
    case 'mapStringString':
      return [...(Array.isArray(before) ? before : []), ...pairsOf(text)];
  }
}

/** Go's `strconv.ParseBool`; undefined for what is no boolean. */
export function boolOf(text: string): boolean | undefined {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  return undefined;
}

function parseBool(text: string): boolean {
  const value = boolOf(text);
  if (value !== undefined) return value;
  throw new BadValue(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** Upstream: component-base/cli/flag/map_string_string.go. */
function pairsOf(text: string): string[] {
  const pairs = text.split(',').filter((pair) => pair !== '');
  if (pairs.some((pair) => !pair.includes('='))) throw new BadValue('malformed pair, expect string=string');
  return pairs;
}

function parseInteger(text: string, min: number, max: number): number {
  const plain = text.replaceAll('_', '');
  if (!/^[+-]?(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|\d+)$/.test(plain)) {
    throw new BadValue(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[+-]/, '').replace(/^0(?=[0-7]+$)/, '0o');
  const value = sign * Number(digits);
  if (value < min || value > max) {
    throw new BadValue(`strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range`);
  }
  return value;
}

const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Go's `time.ParseDuration`, in milliseconds. Throws BadValue. */
export function parseDuration(text: string): number {
  if (text === '0') return 0;
  const match = /^([+-]?)((?:\d+\.?\d*|\.\d+)(?:[a-zµ]*))+$/u.exec(text);
  if (text === '' || !match) throw new BadValue(`time: invalid duration ${JSON.stringify(text)}`);
  let total = 0;
  for (const part of text.matchAll(/(\d+\.?\d*|\.\d+)([a-zµ]*)/gu)) {
    const unit = part[2] ?? '';
    if (unit === '') throw new BadValue(`time: missing unit in duration ${JSON.stringify(text)}`);
    const factor = units[unit];
    if (factor === undefined) {
      throw new BadValue(`time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`);
    }
    total += Number(part[1]) * factor;
  }
  return match[1] === '-' ? -total : total;
}

/** One line of CSV, as encoding/csv reads it. */
function splitCsv(text: string): string[] {
  if (text === '') return [];
  const out: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text.charAt(i++);
      else quoted = false;
    } else if (c === '"' && field === '') quoted = true;
    else if (c === ',') {
      out.push(field);
      field = '';
    } else field += c;
  }
  out.push(field);
  return out;
}
