import { type ShellCommand, type ShellContext, plain } from '../command';
import { endless, readSources } from './input-files';
import { type Options, hasFlag, lastValue, readOptions } from './options';
import { tailOfZeros } from '../resources/load';
import { sort } from './sort';
import { joinLines, linesOf } from './text';

/** `-3` as head and tail still take it. */
function withCount(args: readonly string[]): string[] {
  return args.flatMap((word, i) =>
    /^-\d+$/.test(word) && !/^-[nc]$/.test(args[i - 1] ?? '') ? ['-n', word.slice(1)] : [word],
  );
}

const headOptions = { flags: ['q'], withValue: ['n', 'c', 'lines', 'bytes'] };

const tail = plain((args, context) =>
  part('tail', args, context, (lines, count, text) => {
    if (text.startsWith('+')) return lines.slice(Math.max(0, count - 1));
    return count === 0 ? [] : lines.slice(-Math.abs(count));
  }),
);

/** Text filters, one line of description each in `man`. */
export const textTools: Readonly<Record<string, ShellCommand>> = {
  head: {
    ...plain((args, context) =>
      part('head', args, context, (lines, count) => lines.slice(0, count < 0 ? count : Math.max(0, count))),
    ),
    incremental: () => true,
    satisfied: (args, input) => {
      const options = readOptions(withCount(args), headOptions);
      const wanted = Number(lastValue(options, 'n', 'lines') ?? 10);
      const bytes = lastValue(options, 'c', 'bytes');
      if (bytes !== undefined) return options.operands.length === 0 && input.length >= bytesOf(bytes);
      return options.operands.length === 0 && wanted >= 0 && linesOf(input).length >= wanted && input.endsWith('\n');
    },
  },
  tail: {
    run: (args, context) => (args.includes('/dev/zero') ? tailOfZeros : tail).run(args, context),
  },
  wc: plain(count),
  sort,
  uniq: plain(unique),
  cut: { ...plain(cut), incremental: (args) => args.length > 0 },
  tr: { ...plain(translate), incremental: (args) => args.length > 0 },
  rev: plain((args, context) => {
    const { sources, failed } = readSources('rev', args, context);
    const lines = sources.flatMap(({ text }) => linesOf(text));
    context.stdout(joinLines(lines.map((line) => [...line].reverse().join(''))));
    return failed ? 1 : 0;
  }),
  paste: plain((args, context) => {
    const options = readOptions(args, { flags: ['s'], withValue: ['d'] });
    const delimiter = lastValue(options, 'd') ?? '\t';
    const { sources, failed } = readSources('paste', options.operands, context);
    // Several of `-` take the lines of standard input in turn.
    const input = linesOf(sources.flatMap(({ name, text }) => (name === '-' ? [text] : [])).join(''));
    const turns = sources.filter(({ name }) => name === '-').length;
    let turn = 0;
    const columns = sources.map(({ name, text }) => {
      if (name !== '-') return linesOf(text);
      const own = turn++;
      return input.filter((_, i) => i % turns === own);
    });
    const height = Math.max(0, ...columns.map((lines) => lines.length));
    const rows = hasFlag(options, 's')
      ? columns
      : Array.from({ length: height }, (_, i) => columns.map((lines) => lines[i] ?? ''));
    context.stdout(joinLines(rows.map((row) => row.join(delimiter))));
    return failed ? 1 : 0;
  }),
  tac: plain((args, context) => {
    const { sources, failed } = readSources('tac', args, context);
    for (const { text } of sources) context.stdout(joinLines(linesOf(text).reverse()));
    return failed ? 1 : 0;
  }),
  nl: plain((args, context) => {
    const { sources } = readSources('nl', args, context);
    let number = 0;
    for (const { text } of sources) {
      context.stdout(
        joinLines(linesOf(text).map((line) => (line === '' ? '' : `${String(++number).padStart(6)}\t${line}`))),
      );
    }
    return 0;
  }),
  column: plain((args, context) => {
    const options = readOptions(args, { flags: ['t'], withValue: ['s', 'o'] });
    const { sources, failed } = readSources('column', options.operands, context);
    const separator = lastValue(options, 's');
    const rows = sources
      .flatMap(({ text }) => linesOf(text))
      .filter((line) => line.trim() !== '')
      .map((line) => (separator === undefined ? line.trim().split(/\s+/) : line.split(separator)));
    const widths: number[] = [];
    for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
    context.stdout(
      joinLines(
        rows.map((row) =>
          row
            .map((cell, i) => cell.padEnd((widths[i] ?? 0) + 2))
            .join('')
            .trimEnd(),
        ),
      ),
    );
    return failed ? 1 : 0;
  }),
};

function part(
  name: string,
  args: readonly string[],
  context: ShellContext,
  choose: (lines: string[], count: number, text: string) => string[],
): number {
  const options = readOptions(withCount(args), { ...headOptions, flags: ['q', 'f', 'F'] });
  const text = lastValue(options, 'n', 'lines') ?? '10';
  if (!/^[+-]?\d+$/.test(text)) {
    context.stderr(`${name}: invalid number of lines: ‘${text}’\n`);
    return 1;
  }
  const bytes = lastValue(options, 'c', 'bytes');
  const device = options.operands.find((operand) => endless.test(operand));
  if (name === 'head' && device !== undefined && bytes !== undefined) {
    context.stdout(drawn(device, bytesOf(bytes), context));
    return 0;
  }
  const { sources, failed } = readSources(name, options.operands, context);
  for (const [index, source] of sources.entries()) {
    if (sources.length > 1 && !hasFlag(options, 'q')) {
      const title = source.name === '-' ? 'standard input' : source.name;
      context.stdout(`${index > 0 ? '\n' : ''}==> ${title} <==\n`);
    }
    if (bytes !== undefined) {
      const whole = source.text.slice(bytes.startsWith('+') ? Number(bytes) - 1 : -Number(bytes));
      context.stdout(name === 'head' ? source.text.slice(0, Number(bytes)) : whole);
      continue;
    }
    const lines = source.text.split(/(?<=\n)/).filter((line) => line !== '');
    context.stdout(choose(lines, Number(text), text).join(''));
  }
  return failed ? 1 : 0;
}

/** As much as was asked for of a device that never ends: zeros, or characters by chance. */
function drawn(device: string, wanted: number, { cluster, stderr }: ShellContext): string {
  const most = 1_000_000;
  if (wanted > most) stderr(`head: ${device}: not simulated: more than ${most} bytes\n`);
  const size = Math.min(wanted, most);
  if (device === '/dev/zero') return '\0'.repeat(size);
  const random = cluster.random.stream(`${device}/${cluster.clock.now}`);
  return Array.from({ length: size }, () => String.fromCharCode(random.below(256))).join('');
}

/** `5`, `1K`, `2M` */
function bytesOf(text: string): number {
  const unit = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[text.replace(/^\d+/, '').charAt(0).toLowerCase()] ?? 1;
  return (parseInt(text, 10) || 0) * unit;
}

function count(args: readonly string[], context: ShellContext): number {
  const options = readOptions(args, { flags: ['l', 'w', 'c', 'm'] });
  const { sources, failed } = readSources('wc', options.operands, context);
  const all = !hasFlag(options, 'l', 'w', 'c', 'm');
  const rows = sources.map(({ name, text }) => ({
    name,
    values: [
      ...(all || hasFlag(options, 'l') ? [text.split('\n').length - 1] : []),
      ...(all || hasFlag(options, 'w') ? [text.split(/\s+/).filter((word) => word !== '').length] : []),
      ...(all || hasFlag(options, 'c', 'm') ? [text.length] : []),
    ],
  }));
  if (rows.length > 1) {
    const sums = rows[0]?.values.map((_value, i) => rows.reduce((sum, row) => sum + (row.values[i] ?? 0), 0));
    rows.push({ name: 'total', values: sums ?? [] });
  }
  // As wide as the bytes of all files, but 7 where the input has no size; busybox: 9.
  const size = sources.reduce((sum, { text }) => sum + text.length, 0);
  const several = sources.some(({ name }) => name === '-') ? 7 : String(size).length;
  const width = rows.length === 1 && rows[0]?.values.length === 1 ? 0 : context.scene.busybox ? 9 : several;
  for (const { name, values } of rows) {
    const cells = values.map((value) => String(value).padStart(width)).join(' ');
    context.stdout(`${cells}${name === '-' ? '' : ` ${name}`}\n`);
  }
  return failed ? 1 : 0;
}

function unique(args: readonly string[], context: ShellContext): number {
  const options = readOptions(args, { flags: ['c', 'd', 'u', 'i'] });
  const { sources, failed } = readSources('uniq', options.operands.slice(0, 1), context);
  const groups: { line: string; count: number }[] = [];
  for (const line of sources.flatMap(({ text }) => linesOf(text))) {
    const last = groups.at(-1);
    if (last && same(last.line, line, options)) last.count++;
    else groups.push({ line, count: 1 });
  }
  for (const { line, count } of groups) {
    if ((hasFlag(options, 'd') && count < 2) || (hasFlag(options, 'u') && count > 1)) continue;
    context.stdout(hasFlag(options, 'c') ? `${String(count).padStart(7)} ${line}\n` : `${line}\n`);
  }
  return failed ? 1 : 0;
}

function same(a: string, b: string, options: Options): boolean {
  return hasFlag(options, 'i') ? a.toLowerCase() === b.toLowerCase() : a === b;
}

function cut(args: readonly string[], context: ShellContext): number {
  const options = readOptions(args, { flags: ['s'], withValue: ['d', 'f', 'c', 'b'] });
  const list = lastValue(options, 'f', 'c', 'b');
  if (list === undefined) {
    context.stderr('cut: you must specify a list of bytes, characters, or fields\n');
    return 1;
  }
  const ranges = list.split(',').map((range): [number, number] => {
    const [from = '', to] = range.split('-');
    return [Number(from || 1), to === undefined ? Number(from) : Number(to || Infinity)];
  });
  const chosen = (_piece: string, index: number) => ranges.some(([from, to]) => index + 1 >= from && index + 1 <= to);
  const delimiter = lastValue(options, 'd') ?? '\t';
  const { sources, failed } = readSources('cut', options.operands, context);
  for (const line of sources.flatMap(({ text }) => linesOf(text))) {
    if (!options.values.has('f')) context.stdout(`${[...line].filter(chosen).join('')}\n`);
    else if (line.includes(delimiter)) context.stdout(`${line.split(delimiter).filter(chosen).join(delimiter)}\n`);
    else if (!hasFlag(options, 's')) context.stdout(`${line}\n`);
  }
  return failed ? 1 : 0;
}

function translate(args: readonly string[], context: ShellContext): number {
  const options = readOptions(args, { flags: ['d', 's', 'c'] });
  const from = characters(options.operands[0] ?? '');
  const to = characters(options.operands[1] ?? '');
  const inside = (character: string) => from.includes(character) !== hasFlag(options, 'c');
  let out = '';
  for (const character of context.stdin) {
    if (!inside(character)) out += character;
    else if (!hasFlag(options, 'd')) {
      const mapped =
        to.length === 0 ? character : (to[Math.min(Math.max(0, from.indexOf(character)), to.length - 1)] ?? character);
      if (!(hasFlag(options, 's') && out.endsWith(mapped))) out += mapped;
    }
  }
  context.stdout(out);
  return 0;
}

function characters(set: string): string[] {
  const named = set
    .replace(/\[:lower:\]/g, 'a-z')
    .replace(/\[:upper:\]/g, 'A-Z')
    .replace(/\[:digit:\]/g, '0-9')
    .replace(/\[:space:\]/g, ' \t\n\r')
    .replace(/\\([0-7]{1,3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))
    .replace(/\\n/g, '\n')
    .replace(/\\r/g, '\r')
    .replace(/\\t/g, '\t');
  const list: string[] = [];
  for (let i = 0; i < named.length; i++) {
    const from = named.charCodeAt(i);
    const to = named[i + 1] === '-' && i + 2 < named.length ? named.charCodeAt(i + 2) : from;
    if (to !== from) i += 2;
    for (let code = from; code <= to; code++) list.push(String.fromCharCode(code));
  }
  return list;
}
