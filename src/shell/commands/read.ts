import { type ShellCommand, plain } from '../command';
import { clearArray, fillArray } from '../language/arrays';
import { blanks, splitFields } from '../language/fields';
import { lastValue, readOptions } from './options';

/** `read [-r] [-a ARRAY] [NAME…]`: a line of its input, cut at IFS; the last name takes the rest of the line. */
export const read: ShellCommand = {
  ...plain((args, { session, input }) => {
    const options = readOptions(args, { flags: ['r', 's', 'e'], withValue: ['a', 'p', 't', 'n', 'N', 'd', 'u', 'i'] });
    const names = options.operands;
    const taken = input.takeLine();
    const limit = Number(lastValue(options, 'n', 'N') ?? Infinity);
    const line = (options.flags.has('r') ? (taken ?? '') : (taken ?? '').replace(/\\(.)/gs, '$1')).slice(0, limit);
    const array = lastValue(options, 'a');
    if (array !== undefined) {
      const fields = splitFields(
        trimmed(line, session.variables.get('IFS') ?? blanks),
        session.variables.get('IFS') ?? blanks,
      );
      clearArray(array, session);
      fillArray(
        array,
        fields.filter((field) => field !== undefined),
        session,
      );
      return taken === undefined ? 1 : 0;
    }
    if (names.length === 0) session.variables.set('REPLY', line);
    const separators = session.variables.get('IFS') ?? blanks;
    let rest = trimmed(line, separators);
    for (const [index, name] of names.entries()) {
      if (index === names.length - 1) session.variables.set(name, rest);
      else {
        const first = splitFields(rest, separators)[0] ?? '';
        session.variables.set(name, first);
        rest = trimmed(afterSeparator(rest.slice(first.length), separators), separators);
      }
    }
    return taken === undefined ? 1 : 0;
  }),
  builtin: true,
};

/** Without the blanks of IFS at both ends. */
function trimmed(text: string, separators: string): string {
  let [from, to] = [0, text.length];
  const blank = (at: number) => blanks.includes(text[at] ?? 'x') && separators.includes(text[at] ?? '');
  while (from < to && blank(from)) from++;
  while (to > from && blank(to - 1)) to--;
  return text.slice(from, to);
}

function afterSeparator(text: string, separators: string): string {
  const begin = trimmed(text, separators);
  return begin !== '' && separators.includes(begin[0] ?? ' ') && !blanks.includes(begin[0] ?? ' ')
    ? begin.slice(1)
    : begin;
}
