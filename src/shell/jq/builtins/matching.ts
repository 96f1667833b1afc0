import { BoundedRegExp } from '../../language/bounded-regexp';
import { type Builtins, plain, text } from '../builtin';
import type { Json } from '../syntax';
import { fail, isList } from '../values';

/** What regular expressions find. */
export const matching: Builtins = {
  'split/2': plain((value, pattern = null, flags = null) =>
    text(value, 'cannot be matched, as it is not a string').split(expression(pattern, flags)),
  ),
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
};

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
