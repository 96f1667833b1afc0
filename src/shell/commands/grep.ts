import type { ShellCommand, ShellContext } from '../command';
import { escapeRegExp } from '../language/glob';
import { filesBelow } from './files';
import { type Source, readSources } from './input-files';
import { type Options, hasFlag, lastValue, readOptions } from './options';
import { extendedRegExp } from './regular-expression';
import { linesOf } from './text';
import { BoundedRegExp } from '../language/bounded-regexp';

const known = {
  flags: [
    'i',
    'v',
    'c',
    'n',
    'o',
    'q',
    'E',
    'F',
    'G',
    'P',
    'w',
    'x',
    'l',
    'L',
    'h',
    'H',
    's',
    'r',
    'R',
    'recursive',
    'line-buffered',
    'color',
    'a',
  ],
  withValue: ['e', 'm', 'A', 'B', 'C', 'color', 'f'],
};

/** GNU grep: basic (`-G`), extended (`-E`) and fixed (`-F`) patterns. 0 = found, 1 = not, 2 = trouble. */
export const grep: ShellCommand = {
  *run(args, context) {
    const options = readOptions(args, known);
    const patterns = [...(options.values.get('e') ?? [])];
    const operands = [...options.operands];
    if (patterns.length === 0) {
      const first = operands.shift();
      if (first === undefined) {
        context.stderr('Usage: grep [OPTION]... PATTERNS [FILE]...\n');
        return 2;
      }
      patterns.push(...first.split('\n'));
    }
    let matcher: RegExp;
    try {
      matcher = matcherOf(patterns, options);
    } catch {
      context.stderr('grep: Unmatched [, [^, [:, [., or [=\n');
      return 2;
    }
    const recursive = hasFlag(options, 'r', 'R', 'recursive');
    const names = recursive
      ? (operands.length === 0 ? ['.'] : operands).flatMap((name) => below(name, context))
      : operands;
    const bare = (name: string) => (recursive && operands.length === 0 ? name.replace(/^\.\//, '') : name);
    const read = recursive && names.length === 0 ? { sources: [], failed: false } : readSources('grep', names, context);
    const sources = read.sources.map((source) => ({ ...source, name: bare(source.name) }));
    const { failed } = read;
    let found = false;
    for (const source of sources)
      if (search(source, matcher, options, recursive || operands.length > 1, context)) found = true;
    return failed && !hasFlag(options, 'q') ? 2 : found ? 0 : 1;
  },
  incremental: (args) => !readOptions(args, known).flags.has('c') && !/^-?-?[ABC]/.test(args.join(' ')),
};

function below(name: string, { files }: ShellContext): string[] {
  return files.read(name) === undefined && files.list(name) !== undefined ? filesBelow(files, name) : [name];
}

function matcherOf(patterns: readonly string[], options: Options): RegExp {
  const sources = patterns.map((pattern) => {
    const source = hasFlag(options, 'F')
      ? escapeRegExp(pattern)
      : extendedRegExp(pattern, hasFlag(options, 'E', 'P') ? 'extended' : 'basic');
    if (hasFlag(options, 'x')) return `^(?:${source})$`;
    return hasFlag(options, 'w') ? `(?<!\\w)(?:${source})(?!\\w)` : `(?:${source})`;
  });
  return new BoundedRegExp(sources.join('|'), hasFlag(options, 'i') ? 'gi' : 'g');
}

function search(source: Source, matcher: RegExp, options: Options, many: boolean, context: ShellContext): boolean {
  const lines = linesOf(source.text);
  const wanted = lines.map((line) => {
    matcher.lastIndex = 0;
    return matcher.test(line) !== hasFlag(options, 'v');
  });
  const limit = Number(lastValue(options, 'm') ?? Infinity);
  let count = 0;
  for (const [index, hit] of wanted.entries()) {
    if (hit && ++count > limit) wanted[index] = false;
  }
  count = Math.min(count, limit);
  if (hasFlag(options, 'q')) return count > 0;
  const prefix = (many || hasFlag(options, 'H')) && !hasFlag(options, 'h') ? source.name : '';
  if (hasFlag(options, 'L')) {
    if (count === 0) context.stdout(`${source.name}\n`);
  } else if (hasFlag(options, 'l')) {
    if (count > 0) context.stdout(`${source.name}\n`);
  } else if (hasFlag(options, 'c')) context.stdout(`${prefix ? `${prefix}:` : ''}${count}\n`);
  else printHits(lines, wanted, matcher, prefix, options, context);
  return count > 0;
}

function printHits(
  lines: readonly string[],
  wanted: readonly boolean[],
  matcher: RegExp,
  prefix: string,
  options: Options,
  context: ShellContext,
): void {
  const around = Number(lastValue(options, 'C') ?? 0);
  const before = Number(lastValue(options, 'B') ?? around);
  const after = Number(lastValue(options, 'A') ?? around);
  let last = -1;
  for (const [index, line] of lines.entries()) {
    const hit = wanted[index] ?? false;
    const near =
      hit ||
      wanted.slice(Math.max(0, index - after), index).includes(true) ||
      wanted.slice(index + 1, index + 1 + before).includes(true);
    if (!near) continue;
    if (last >= 0 && last < index - 1 && before + after > 0) context.stdout('--\n');
    last = index;
    const sign = hit ? ':' : '-';
    const head = `${prefix ? `${prefix}${sign}` : ''}${hasFlag(options, 'n') ? `${index + 1}${sign}` : ''}`;
    if (hasFlag(options, 'o')) {
      // matchAll begins where the last test of the pattern ended.
      matcher.lastIndex = 0;
      for (const match of line.matchAll(matcher)) if (match[0]) context.stdout(`${head}${match[0]}\n`);
    } else context.stdout(`${head}${line}\n`);
  }
}
