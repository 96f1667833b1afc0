import { type ShellCommand, plain } from '../command';
import { lastValue, readOptions } from './options';

/** Most lines that one command makes of nothing. */
const most = 100_000;

/** `seq` and `yes` of coreutils: commands that write without reading. */
export const sequences: Readonly<Record<string, ShellCommand>> = {
  seq: plain((args, { stdout, stderr }) => {
    const bare = args.map((word) => (/^-[.\d]/.test(word) ? `\0${word}` : word));
    const options = readOptions(bare, {
      flags: ['w', 'equal-width'],
      withValue: ['s', 'separator', 'f', 'format'],
    });
    const words = options.operands.map((word) => word.replace('\0', ''));
    const wrong = words.find((word) => !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$|^[-+]?inf(inity)?$/i.test(word));
    const problem =
      words.length === 0
        ? 'missing operand'
        : words.length > 3
          ? `extra operand ‘${words[3]}’`
          : wrong === undefined
            ? undefined
            : `invalid floating point argument: ‘${wrong}’`;
    const number = (text: string | undefined, otherwise: number) =>
      text === undefined ? otherwise : Number(text.replace(/inf(inity)?$/i, 'Infinity'));
    const [first, step, last] =
      words.length < 2
        ? [1, 1, number(words[0], 0)]
        : [number(words[0], 1), words.length === 3 ? number(words[1], 1) : 1, number(words.at(-1), 0)];
    if (problem !== undefined || step === 0) {
      stderr(
        `seq: ${problem ?? `invalid Zero increment value: ‘${words[1]}’`}\nTry 'seq --help' for more information.\n`,
      );
      return 1;
    }
    const digits = Math.max(0, ...words.slice(0, -1).map((word) => word.split('.')[1]?.length ?? 0));
    const format = lastValue(options, 'f', 'format');
    const count = Math.floor((last - first) / step + 1e-9) + 1;
    const shown = Math.max(0, Math.min(Number.isNaN(count) ? 0 : count, most));
    const out = Array.from({ length: shown }, (_, i) => (first + i * step).toFixed(Math.min(digits, 100)));
    if (options.flags.size > 0) {
      const width = Math.max(0, ...[out[0] ?? '', out.at(-1) ?? ''].map((one) => one.length));
      for (const [i, one] of out.entries())
        out[i] = one.startsWith('-') ? `-${one.slice(1).padStart(width - 1, '0')}` : one.padStart(width, '0');
    }
    if (format !== undefined)
      for (const [i, one] of out.entries()) out[i] = format.replace(/%([-0]?)(\d*)(?:\.(\d+))?[gfe]/, padded(one));
    if (out.length > 0) stdout(`${out.join(lastValue(options, 's', 'separator') ?? '\n')}\n`);
    if (count <= most) return 0;
    stderr(`seq: not simulated: more than ${most} numbers\n`);
    return 1;
  }),
  // Nobody reads a hundred thousand lines; whoever wants a few ends it, as `head` does.
  yes: {
    *run(args, { cluster: { clock }, stdout, stderr }) {
      const line = `${args.length === 0 ? 'y' : args.join(' ')}\n`;
      const block = Math.max(1, Math.min(100, Math.floor(10_000 / line.length)));
      for (let lines = 0; lines < most; lines += block) {
        stdout(line.repeat(block));
        const until = clock.now + 1;
        while (clock.now < until) yield { until };
      }
      stderr(`yes: not simulated: more than ${most} lines\n`);
      return 1;
    },
  },
};

/** `%03g`, `%.2f`: what `seq -f` makes of a number. */
function padded(text: string) {
  return (_all: string, sign: string, width: string, digits: string | undefined): string => {
    const value = digits === undefined ? text : Number(text).toFixed(Math.min(Number(digits), 100));
    const length = Math.min(Number(width), 1000);
    return sign === '-' ? value.padEnd(length) : value.padStart(length, sign === '0' ? '0' : ' ');
  };
}
