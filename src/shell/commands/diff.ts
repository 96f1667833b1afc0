import { calendar, isoSeconds } from '@/kubernetes/clock/calendar';
import { unifiedDiff } from '@/kubectl/output/unified-diff';
import { type ShellCommand, plain } from '../command';
import { hasFlag, readOptions } from './options';
import { readSources } from './input-files';

/** GNU diff of two files: as `-u`, or line numbers with `a`, `c` and `d`. 0 = equal, 1 = different, 2 = trouble. */
export const diff: ShellCommand = plain((args, context) => {
  const options = readOptions(args, { flags: [...'uqswbNirB', 'unified', 'brief', 'color'], withValue: ['U'] });
  const { operands } = options;
  if (operands.length !== 2) {
    const problem =
      operands.length > 2 ? `extra operand '${operands[2]}'` : `missing operand after '${operands[0] ?? 'diff'}'`;
    context.stderr(`diff: ${problem}\ndiff: Try 'diff --help' for more information.\n`);
    return 2;
  }
  const { sources, failed } = readSources('diff', operands, context);
  if (failed) return 2;
  const [before = '', after = ''] = sources.map(({ text }) => text);
  if (before === after) {
    if (hasFlag(options, 's')) context.stdout(`Files ${operands.join(' and ')} are identical\n`);
    return 0;
  }
  if (hasFlag(options, 'q', 'brief')) context.stdout(`Files ${operands.join(' and ')} differ\n`);
  else if (hasFlag(options, 'u', 'unified')) {
    const { clock } = context.cluster;
    const time = calendar(clock.epoch + clock.now);
    const date = `${isoSeconds(time).replace('T', ' ').replace('Z', '')}.000000000 +0000`;
    context.stdout(`--- ${operands[0]}\t${date}\n+++ ${operands[1]}\t${date}\n${unifiedDiff(before, after)}`);
  } else context.stdout(numbered(unifiedDiff(before, after, 0)));
  return 1;
});

/** `@@ -1,2 +1 @@` and what follows, as `1,2c1` with `<` and `>`. */
function numbered(hunks: string): string {
  return hunks
    .split(/^(?=@@ )/m)
    .map((hunk) => {
      const [head = '', ...lines] = hunk.replace(/\n$/, '').split('\n');
      const [, from = '', to = ''] = /^@@ -(\S+) \+(\S+) @@$/.exec(head) ?? [];
      const old = lines.filter((line) => line.startsWith('-')).map((line) => `< ${line.slice(1)}\n`);
      const fresh = lines.filter((line) => line.startsWith('+')).map((line) => `> ${line.slice(1)}\n`);
      const letter = old.length === 0 ? 'a' : fresh.length === 0 ? 'd' : 'c';
      const span = (text: string) => {
        const [start = '0', count = '1'] = text.split(',');
        return Number(count) < 2 ? start : `${start},${Number(start) + Number(count) - 1}`;
      };
      return `${span(from)}${letter}${span(to)}\n${old.join('')}${letter === 'c' ? '---\n' : ''}${fresh.join('')}`;
    })
    .join('');
}
