import { type ShellCommand, plain } from '../command';
import { readSources } from './input-files';
import { lastValue, readOptions } from './options';
import { joinLines } from './text';

const letters: Readonly<Record<number, string>> = {
  ...{ 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' },
};

/** `od [-A d|o|x|n] [-t x1|o1|d1|u1|c] [-c] [-v] [FILE]`: bytes, sixteen in a line. Upstream: coreutils 9.1, src/od.c. */
export const od: ShellCommand = plain((args, context) => {
  const options = readOptions(args, { flags: ['c', 'v'], withValue: ['A', 't', 'N', 'j'] });
  const type = options.flags.has('c') ? 'c' : (lastValue(options, 't') ?? 'o2');
  if (!/^(c|[xoud]1?)$/.test(type) || (type.length === 1 && type !== 'c')) {
    context.stderr(`od: ${type === 'o2' ? 'words of two bytes' : `-t ${type}`}: not simulated: -c and -t x1 are\n`);
    return 127;
  }
  const { sources, failed } = readSources('od', options.operands, context);
  const all = new TextEncoder().encode(sources.map(({ text }) => text).join(''));
  const skipped = Number(lastValue(options, 'j') ?? 0);
  const bytes = all.slice(skipped, skipped + Number(lastValue(options, 'N') ?? all.length));
  const radix = { d: 10, o: 8, x: 16 }[lastValue(options, 'A') ?? 'o'];
  const address = (at: number) => (radix === undefined ? '' : at.toString(radix).padStart(radix === 16 ? 6 : 7, '0'));
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16)
    lines.push(address(skipped + at) + Array.from(bytes.slice(at, at + 16), (byte) => shown(byte, type)).join(''));
  const end = address(skipped + bytes.length);
  context.stdout(joinLines([...repeated(lines, options.flags.has('v')), ...(end === '' ? [] : [end])]));
  return failed ? 1 : 0;
});

function shown(byte: number, type: string): string {
  if (type === 'c') {
    const plainText = byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0');
    return ` ${(letters[byte] ?? plainText).padStart(3)}`;
  }
  if (type === 'x1') return ` ${byte.toString(16).padStart(2, '0')}`;
  if (type === 'o1') return ` ${byte.toString(8).padStart(3, '0')}`;
  return ` ${String(type === 'd1' && byte > 127 ? byte - 256 : byte).padStart(type === 'd1' ? 4 : 3)}`;
}

/** Lines like the one before are told by a single `*`. */
function repeated(lines: readonly string[], all: boolean): string[] {
  const body = (line: string | undefined) => line?.replace(/^\S* /, '');
  return lines.flatMap((line, index) => {
    if (all || body(line) !== body(lines[index - 1])) return [line];
    return body(lines[index - 1]) === body(lines[index - 2]) && index > 1 ? [] : ['*'];
  });
}
