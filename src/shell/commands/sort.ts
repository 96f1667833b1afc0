import { type ShellCommand, plain } from '../command';
import { readSources } from './input-files';
import { lastValue, readOptions } from './options';
import { joinLines, linesOf } from './text';

/** `-k 2,3nr`: from where to where in a line, and how it is compared. */
interface Key {
  readonly from: readonly [field: number, character: number];
  readonly to?: readonly [field: number, character: number];
  readonly flags: string;
}

/** GNU sort in the C locale: keys in their order, then the whole line. */
export const sort: ShellCommand = plain((args, context) => {
  const options = readOptions(args, {
    flags: [...'nrufVhbsgM', 'numeric-sort', 'reverse', 'unique'],
    withValue: ['k', 't', 'key', 'field-separator', 'o'],
  });
  const long: Readonly<Record<string, string>> = { 'numeric-sort': 'n', reverse: 'r', unique: 'u' };
  const flags = [...options.flags].map((flag) => long[flag] ?? flag).join('');
  const separator = lastValue(options, 't', 'field-separator');
  const { sources, failed } = readSources('sort', options.operands, context);
  const lines = sources.flatMap(({ text }) => linesOf(text));
  const keys = [...(options.values.get('k') ?? []), ...(options.values.get('key') ?? [])].map((text) =>
    keyOf(text, flags),
  );
  if (keys.length === 0) keys.push({ from: [1, 1], flags: flags.replace(/[us]/g, '') });
  const byKeys = (a: string, b: string): number => {
    for (const key of keys) {
      const order = compare(part(a, key, separator), part(b, key, separator), key.flags);
      if (order !== 0) return key.flags.includes('r') ? -order : order;
    }
    return 0;
  };
  const whole = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0) * (flags.includes('r') ? -1 : 1);
  const stable = /[us]/.test(flags);
  lines.sort((a, b) => byKeys(a, b) || (stable ? 0 : whole(a, b)));
  const kept = flags.includes('u')
    ? lines.filter((line, i) => i === 0 || byKeys(lines[i - 1] ?? '', line) !== 0)
    : lines;
  const target = lastValue(options, 'o');
  if (target === undefined) context.stdout(joinLines(kept));
  else context.files.write(target, joinLines(kept));
  return failed ? 2 : 0;
});

/** A key takes the options of the whole command unless it has some of its own. */
function keyOf(text: string, flags: string): Key {
  const [begin = '', end] = text.split(',');
  const place = (one: string, character: number): [number, number] => {
    const [field = '', within] = one.replace(/[a-zA-Z]+$/, '').split('.');
    return [Number(field) || 1, Number(within ?? character) || character];
  };
  const own = `${begin} ${end ?? ''}`.replace(/[^a-zA-Z]/g, '');
  return {
    from: place(begin, 1),
    to: end === undefined ? undefined : place(end, 0),
    flags: own === '' ? flags.replace(/[us]/g, '') : own,
  };
}

/** The piece of a line that a key names. Without a separator a field has the blanks before it. */
function part(line: string, { from, to, flags }: Key, separator: string | undefined): string {
  if (from[0] === 1 && from[1] === 1 && !to) return flags.includes('b') ? line.trimStart() : line;
  const starts: number[] = [0];
  const ends: number[] = [];
  if (separator !== undefined) {
    for (let at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, at + 1)) {
      ends.push(at);
      starts.push(at + 1);
    }
    ends.push(line.length);
  } else {
    for (const match of line.matchAll(/[ \t]*[^ \t]+/g)) {
      ends.push(match.index + match[0].length);
      starts.push(match.index + match[0].length);
    }
    starts.pop();
  }
  let begin = starts[from[0] - 1] ?? line.length;
  if (flags.includes('b')) begin += /^[ \t]*/.exec(line.slice(begin))?.[0].length ?? 0;
  const last = to && (to[1] === 0 ? ends[to[0] - 1] : (starts[to[0] - 1] ?? line.length) + to[1]);
  return line.slice(begin + from[1] - 1, last ?? line.length);
}

const suffixes = 'KMGTPEZY';

function compare(a: string, b: string, flags: string): number {
  if (flags.includes('V')) return versions(a, b);
  if (/[ng]/.test(flags)) return number(a) - number(b);
  if (flags.includes('h')) return scale(a) - scale(b) || number(a) - number(b);
  const [x, y] = flags.includes('f') ? [a.toUpperCase(), b.toUpperCase()] : [a, b];
  return x < y ? -1 : x > y ? 1 : 0;
}

function number(text: string): number {
  return Number(/^\s*(-?\d*\.?\d*)/.exec(text)?.[1]) || 0;
}

function scale(text: string): number {
  const suffix = /^\s*-?[\d.]+([KMGTPEZYk])/.exec(text)?.[1]?.toUpperCase() ?? '';
  const order = suffix === '' ? 0 : suffixes.indexOf(suffix) + 1;
  return number(text) < 0 ? -order : order;
}

/** `v1.9` before `v1.10`: digits as numbers, the rest as letters. */
function versions(a: string, b: string): number {
  const [x, y] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const [left = '', right = ''] = [x[i], y[i]];
    const order =
      /^\d/.test(left) && /^\d/.test(right) ? Number(left) - Number(right) : left < right ? -1 : left > right ? 1 : 0;
    if (order !== 0) return order;
  }
  return 0;
}
