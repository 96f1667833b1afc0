import { BoundedRegExp } from '../language/bounded-regexp';
import type { Machine } from './evaluate';
import { textOf } from './formats';
import type { Found, Scope } from './scope';
import { type Filter, JqFailure, type Json } from './syntax';
import {
  type Path,
  at,
  calculate,
  compare,
  fail,
  isList,
  isTable,
  members,
  named,
  put,
  truth,
  typeOf,
  valueAt,
  without,
} from './values';

/** Most numbers or texts that one call makes. */
const most = 100_000;

interface Call {
  readonly machine: Machine;
  readonly input: Found;
  readonly scope: Scope;
  readonly args: readonly Filter[];
}

type Builtin = (call: Call) => Generator<Found>;

/** A builtin of values: every argument is run, the last the slowest, as jq does it. */
function plain(run: (value: Json, ...args: Json[]) => Json): Builtin {
  return function* ({ machine, input: [value], scope, args }) {
    const choose = function* (index: number, chosen: readonly Json[]): Generator<Found> {
      const filter = args[index];
      if (filter) for (const [one] of machine.each(filter, [value], scope)) yield* choose(index + 1, [...chosen, one]);
      else yield [run(value, ...chosen)];
    };
    yield* choose(0, []);
  };
}

const text = (value: Json, what: string): string =>
  typeof value === 'string' ? value : fail(`${named(value)} ${what}`);
const number = (value: Json): number => (typeof value === 'number' ? value : fail(`${named(value)} number required`));

/** Functions by name and number of arguments. Upstream: src/builtin.c. */
export const builtins: Readonly<Record<string, Builtin>> = {
  'empty/0': function* () {
    // Nothing comes of it.
  },
  'not/0': plain((value) => !truth(value)),
  'true/0': plain(() => true),
  'false/0': plain(() => false),
  'null/0': plain(() => null),
  'error/0': plain((value) => {
    throw new JqFailure(value);
  }),
  'error/1': plain((_value, message = null) => {
    throw new JqFailure(message);
  }),
  'length/0': plain((value) => {
    if (value === null) return 0;
    if (typeof value === 'number') return Math.abs(value);
    if (typeof value === 'boolean') return fail(`${named(value)} has no length`);
    return typeof value === 'string' ? [...value].length : members(value).length;
  }),
  'utf8bytelength/0': plain(
    (value) => new TextEncoder().encode(text(value, 'only strings have UTF-8 byte length')).length,
  ),
  'keys/0': plain((value) => keys(value).sort(compare)),
  'keys_unsorted/0': plain(keys),
  'has/1': plain((value, key = null) => {
    if (isTable(value) && typeof key === 'string') return Object.hasOwn(value, key);
    if (isList(value) && typeof key === 'number') return key >= 0 && key < value.length;
    return fail(`Cannot check whether ${typeOf(value)} has a ${typeof key === 'string' ? 'string' : typeOf(key)} key`);
  }),
  'contains/1': plain((value, other = null) => contains(value, other)),
  'type/0': plain(typeOf),
  'tostring/0': plain(textOf),
  'tojson/0': plain((value) => JSON.stringify(value)),
  'fromjson/0': plain((value) => {
    try {
      return JSON.parse(text(value, 'cannot be parsed as JSON')) as Json; // what JSON.parse makes is JSON
    } catch {
      return fail(`${String(value)} (while parsing '${String(value)}')`);
    }
  }),
  'tonumber/0': plain((value) => {
    if (typeof value === 'number') return value;
    const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
    return Number.isNaN(parsed) ? fail(`${named(value)} cannot be parsed as a number`) : parsed;
  }),
  'floor/0': plain((value) => Math.floor(number(value))),
  'ceil/0': plain((value) => Math.ceil(number(value))),
  'round/0': plain((value) => Math.round(number(value))),
  'sqrt/0': plain((value) => Math.sqrt(number(value))),
  'fabs/0': plain((value) => Math.abs(number(value))),
  'pow/2': plain((_value, a = 0, b = 0) => number(a) ** number(b)),
  'log/0': plain((value) => Math.log(number(value))),
  'infinite/0': plain(() => Number.MAX_VALUE),
  'range/3': function* ({ machine, input: [value], scope, args: [from, to, by] }) {
    if (!from || !to || !by) return;
    for (const [a] of machine.each(from, [value], scope))
      for (const [b] of machine.each(to, [value], scope))
        for (const [c] of machine.each(by, [value], scope)) {
          const [start, end, step] = [number(a), number(b), number(c)];
          let count = 0;
          for (let i = start; step > 0 ? i < end : step < 0 && i > end; i += step) {
            if (++count > most) fail(`range: not simulated: more than ${most} numbers`);
            yield [i];
          }
        }
  },
  'first/1': function* ({ machine, input, scope, args: [filter] }) {
    if (filter)
      for (const one of machine.each(filter, input, scope)) {
        yield one;
        return;
      }
  },
  'limit/2': function* ({ machine, input, scope, args: [count, filter] }) {
    if (!count || !filter) return;
    for (const [wanted] of machine.each(count, [input[0]], scope)) {
      let left = number(wanted);
      if (left <= 0) continue;
      for (const one of machine.each(filter, input, scope)) {
        yield one;
        if (--left <= 0) break;
      }
    }
  },
  'path/1': function* ({ machine, input: [value], scope, args: [filter] }) {
    if (filter) for (const path of machine.paths(filter, value, scope)) yield [path];
  },
  'getpath/1': function* ({ machine, input: [value, path], scope, args: [filter] }) {
    if (!filter) return;
    for (const [to] of machine.each(filter, [value], scope)) {
      const keysOf = pathOf(to);
      yield [valueAt(value, keysOf), path && [...path, ...keysOf]];
    }
  },
  'setpath/2': plain((value, path = null, one = null) => put(value, pathOf(path), one)),
  'delpaths/1': plain((value, paths = null) =>
    [...(isList(paths) ? paths : fail('Paths must be specified as an array'))]
      .sort(compare)
      .reverse()
      .reduce((left: Json, path) => without(left, pathOf(path)), value),
  ),
  'reverse/0': plain((value) =>
    typeof value === 'string'
      ? [...value].reverse().join('')
      : value === null
        ? []
        : isList(value)
          ? [...value].reverse()
          : fail(`Cannot reverse ${named(value)}`),
  ),
  '_sorted/0': plain((value) =>
    isList(value)
      ? [...value].sort((a, b) => compare(at(a, 'k'), at(b, 'k')))
      : fail(`${named(value)} cannot be sorted, as it is not an array`),
  ),
  '_grouped/0': plain((value) => {
    const groups: Json[][] = [];
    for (const one of [...(isList(value) ? value : [])].sort((a, b) => compare(at(a, 'k'), at(b, 'k')))) {
      const last = groups.at(-1);
      if (last && compare(at(last[0] ?? null, 'k'), at(one, 'k')) === 0) last.push(one);
      else groups.push([one]);
    }
    return groups;
  }),
  'flatten/0': plain((value) => flat(value, Infinity)),
  'flatten/1': plain((value, depth = 0) =>
    number(depth) < 0 ? fail('flatten depth must not be negative') : flat(value, number(depth)),
  ),
  'join/1': plain((value, glue = null) =>
    members(value)
      .map(([, one]) =>
        one === null
          ? ''
          : isList(one) || isTable(one)
            ? fail(`${named('')} and ${named(one)} cannot be added`)
            : textOf(one),
      )
      .join(text(glue, 'cannot be used to join')),
  ),
  'split/1': plain((value, separator = null) => {
    if (typeof value !== 'string' || typeof separator !== 'string')
      return fail('split input and separator must be strings');
    return calculate('/', value, separator);
  }),
  'split/2': plain((value, pattern = null, flags = null) =>
    text(value, 'cannot be matched, as it is not a string').split(expression(pattern, flags)),
  ),
  'startswith/1': plain((value, other = null) =>
    typeof value === 'string' && typeof other === 'string'
      ? value.startsWith(other)
      : fail('startswith() requires string inputs'),
  ),
  'endswith/1': plain((value, other = null) =>
    typeof value === 'string' && typeof other === 'string'
      ? value.endsWith(other)
      : fail('endswith() requires string inputs'),
  ),
  'ltrimstr/1': plain((value, other = null) =>
    typeof value === 'string' && typeof other === 'string' && value.startsWith(other)
      ? value.slice(other.length)
      : value,
  ),
  'rtrimstr/1': plain((value, other = null) =>
    typeof value === 'string' && typeof other === 'string' && other !== '' && value.endsWith(other)
      ? value.slice(0, -other.length)
      : value,
  ),
  'explode/0': plain((value) => [...text(value, 'cannot be exploded')].map((one) => one.codePointAt(0) ?? 0)),
  'implode/0': plain((value) =>
    isList(value)
      ? value.map((one) => String.fromCodePoint(number(one))).join('')
      : fail('implode input must be an array'),
  ),
  'indices/1': plain((value, wanted = null) => {
    if (value === null) return null;
    if (typeof value === 'string' && typeof wanted === 'string')
      return wanted === '' ? null : [...Array(value.length).keys()].filter((i) => value.startsWith(wanted, i));
    return at(value, isList(wanted) ? wanted : [wanted]);
  }),
  'test/2': plain((value, pattern = null, flags = null) => found(value, pattern, flags).length > 0),
  'match/2': function* ({ machine, input: [value], scope, args: [pattern, flags] }) {
    if (!pattern || !flags) return;
    for (const [one] of machine.each(pattern, [value], scope))
      for (const [how] of machine.each(flags, [value], scope))
        for (const match of found(value, one, how)) yield [matchOf(match)];
  },
  'sub/3': function* ({ machine, input: [value], scope, args: [pattern, replacement, flags] }) {
    if (!pattern || !replacement || !flags) return;
    for (const [one] of machine.each(pattern, [value], scope))
      for (const [how] of machine.each(flags, [value], scope)) {
        let out = '';
        let begin = 0;
        const whole = text(value, 'cannot be matched, as it is not a string');
        for (const match of found(whole, one, how)) {
          const groups: Json = Object.fromEntries(
            Object.entries(match.groups ?? {}).map(([name, part]) => [name, part ?? null]),
          );
          const [first] = machine.each(replacement, [groups], scope);
          out += whole.slice(begin, match.index ?? 0) + text(first?.[0] ?? null, 'cannot be added to a string');
          begin = (match.index ?? 0) + match[0].length;
        }
        yield [out + whole.slice(begin)];
      }
  },
  'now/0': function* ({ machine }) {
    yield [machine.now / 1000];
  },
  'input/0': function* ({ machine }) {
    yield [machine.input() ?? fail('No more inputs')];
  },
  'inputs/0': function* ({ machine }) {
    for (let one = machine.input(); one !== undefined; one = machine.input()) yield [one];
  },
  'fromdateiso8601/0': plain((value) => {
    const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(text(value, 'cannot be parsed as a date'));
    if (!found) return fail(`date "${String(value)}" does not match format "%Y-%m-%dT%H:%M:%SZ"`);
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
    return daysBefore(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  }),
};

/** Days from 1970 to a date of the Gregorian calendar. */
function daysBefore(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const ofEra = y - era * 400;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

function keys(value: Json): Json[] {
  return isList(value) || isTable(value) ? members(value).map(([key]) => key) : fail(`${named(value)} has no keys`);
}

function pathOf(value: Json): Path {
  return isList(value) ? value : fail('Path must be specified as an array');
}

function contains(value: Json, other: Json): boolean {
  if (isTable(value) && isTable(other))
    return Object.entries(other).every(([key, one]) => Object.hasOwn(value, key) && contains(value[key] ?? null, one));
  if (isList(value) && isList(other))
    return other.every((one) => value.some((mine) => typeOf(mine) === typeOf(one) && contains(mine, one)));
  if (typeof value === 'string' && typeof other === 'string') return value.includes(other);
  if (typeOf(value) !== typeOf(other))
    return fail(`${named(value)} and ${named(other)} cannot have their containment checked`);
  return compare(value, other) === 0;
}

function flat(value: Json, depth: number): Json {
  const list: Json[] = [];
  for (const [, one] of members(value)) {
    const inner = isList(one) && depth > 0 ? flat(one, depth - 1) : undefined;
    if (inner !== undefined && isList(inner)) list.push(...inner);
    else list.push(one);
  }
  return list;
}

function expression(pattern: Json, flags: Json): RegExp {
  const how = `${typeof flags === 'string' ? flags : ''}g`;
  const source = text(pattern, 'cannot be matched, as it is not a string');
  const kept = [...new Set(how)].filter((one) => 'gis'.includes(one)).join('');
  try {
    // A name of a group is read by the browser's matcher alone.
    return source.includes('(?<') ? new RegExp(source, kept) : new BoundedRegExp(source, kept);
  } catch {
    return fail(`${source} (at offset 0) is not a valid regex`);
  }
}

function found(value: Json, pattern: Json, flags: Json): RegExpMatchArray[] {
  if (isList(pattern)) return found(value, pattern[0] ?? null, pattern[1] ?? null);
  const all = [...text(value, 'cannot be matched, as it is not a string').matchAll(expression(pattern, flags))];
  return typeof flags === 'string' && flags.includes('g') ? all : all.slice(0, 1);
}

function matchOf(match: RegExpMatchArray): Json {
  const names = Object.keys(match.groups ?? {});
  const captures = match.slice(1).map((part: string | undefined, i): Json => ({
    offset: part === undefined ? -1 : (match.index ?? 0) + match[0].indexOf(part),
    length: part?.length ?? 0,
    string: part ?? null,
    name: names[i] ?? null,
  }));
  return { offset: match.index ?? 0, length: match[0].length, string: match[0], captures };
}
