import { type Builtins, number, plain, text } from '../builtin';
import { textOf } from '../formats';
import type { Json } from '../syntax';
import { calculate, fail, isList, isTable, members, named } from '../values';

/** Texts, and what is written as one. */
export const texts: Builtins = {
  'utf8bytelength/0': plain(
    (value) => new TextEncoder().encode(text(value, 'only strings have UTF-8 byte length')).length,
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
};
