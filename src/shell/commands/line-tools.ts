import { hexText, sha256, sha512 } from '@/kubernetes/hash/sha2';
import { type ShellCommand, plain } from '../command';
import { readSources } from './input-files';
import { hasFlag, lastValue, readOptions } from './options';
import { joinLines, linesOf } from './text';

/** Less common filters of coreutils. */
export const lineTools: Readonly<Record<string, ShellCommand>> = {
  sha256sum: checksum('sha256sum', sha256),
  sha512sum: checksum('sha512sum', sha512),
  comm: plain((args, context) => {
    const options = readOptions(args, { flags: ['1', '2', '3'] });
    const { sources, failed } = readSources('comm', options.operands, context);
    const [left = [], right = []] = sources.map(({ text }) => linesOf(text));
    if (failed) return 1;
    const first = hasFlag(options, '1') ? '' : '\t';
    const second = first + (hasFlag(options, '2') ? '' : '\t');
    for (let i = 0, j = 0; i < left.length || j < right.length;) {
      const [a, b] = [left[i], right[j]];
      if (a !== undefined && a === b) {
        if (!hasFlag(options, '3')) context.stdout(`${second}${a}\n`);
        i++;
        j++;
      } else if (b === undefined || (a !== undefined && a < b)) {
        if (!hasFlag(options, '1')) context.stdout(`${a}\n`);
        i++;
      } else {
        if (!hasFlag(options, '2')) context.stdout(`${first}${b}\n`);
        j++;
      }
    }
    return 0;
  }),
  fold: plain((args, context) => {
    const options = readOptions(args, { flags: ['s', 'b'], withValue: ['w', 'width'] });
    const width = Number(lastValue(options, 'w', 'width') ?? 80);
    if (!(width > 0)) {
      const range = width <= 0 ? ': Numerical result out of range' : '';
      context.stderr(`fold: invalid number of columns: ‘${lastValue(options, 'w', 'width')}’${range}\n`);
      return 1;
    }
    const { sources, failed } = readSources('fold', options.operands, context);
    for (const line of sources.flatMap(({ text }) => text.split(/(?<=\n)/))) {
      let rest = line;
      while (rest.replace('\n', '').length > width) {
        const blank = hasFlag(options, 's') ? rest.lastIndexOf(' ', width - 1) + 1 : 0;
        context.stdout(`${rest.slice(0, blank || width)}\n`);
        rest = rest.slice(blank || width);
      }
      context.stdout(rest);
    }
    return failed ? 1 : 0;
  }),
  // The order is drawn by the cluster's lots: the same in every run of the same story.
  shuf: plain((args, context) => {
    const options = readOptions(args, { flags: ['e'], withValue: ['n', 'i'] });
    const [, from, to] = /^(\d+)-(\d+)$/.exec(lastValue(options, 'i') ?? '') ?? [];
    if (Number(to) - Number(from) > 100_000) {
      context.stderr('shuf: not simulated: more than 100000 numbers\n');
      return 1;
    }
    const numbers = Array.from({ length: Number(to) - Number(from) + 1 || 0 }, (_, i) => String(Number(from) + i));
    const lines = () => readSources('shuf', options.operands, context).sources.flatMap(({ text }) => linesOf(text));
    const all = from ? numbers : hasFlag(options, 'e') ? options.operands : lines();
    const drawn = context.cluster.network.shuffle([...all], `shuf/${context.scene.kernel.host}`);
    context.stdout(joinLines(drawn.slice(0, Number(lastValue(options, 'n') ?? Infinity))));
    return 0;
  }),
};

function checksum(name: string, digest: (text: string) => number[]): ShellCommand {
  return plain((args, context) => {
    const options = readOptions(args, { flags: ['b', 't', 'binary', 'text'] });
    if (options.unknown !== undefined) {
      context.stderr(`${name}: not simulated: ${options.unknown}\n`);
      return 1;
    }
    const { sources, failed } = readSources(name, options.operands, context);
    for (const source of sources) context.stdout(`${hexText(digest(source.text))}  ${source.name}\n`);
    return failed ? 1 : 0;
  });
}
