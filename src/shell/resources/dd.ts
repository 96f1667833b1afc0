import type { Task } from '@/kubernetes/clock/task';
import type { ShellCommand, ShellContext } from '../command';
import { fill, grow, pace, processFor } from './place';
import { bothWays, bytesOf, tenths } from './sizes';

/** Most bytes of a device that are written as characters; more than that are kept as a size alone. */
const most = 65_536;
const endless = /^\/dev\/(?:zero|u?random)$/;

/** coreutils, src/dd.c; busybox, coreutils/dd.c */
export const dd: ShellCommand = {
  *run(args, context): Task<number> {
    const operands = new Map<string, string>();
    for (const word of args) {
      const [name = '', ...value] = word.split('=');
      if (value.length === 0 || !/^(?:if|of|bs|ibs|obs|count|status|conv|iflag|oflag)$/.test(name)) {
        context.stderr(`dd: unrecognized operand ‘${word}’\nTry 'dd --help' for more information.\n`);
        return 1;
      }
      operands.set(name, value.join('='));
    }
    const sizeText = operands.get('bs') ?? operands.get('ibs') ?? '512';
    const size = bytesOf(sizeText);
    const count = operands.has('count') ? bytesOf(operands.get('count') ?? '') : Infinity;
    if (!size || count === undefined) {
      context.stderr(`dd: invalid number: ‘${size ? operands.get('count') : sizeText}’\n`);
      return 1;
    }
    const { pid, end } = processFor(context, 'dd');
    try {
      // A block is read into memory as a whole.
      if (size >= 1_000_000 && !(yield* grow(context, pid, size))) {
        context.stderr('Killed\n');
        return 137;
      }
      return yield* copy(context, operands, size, count);
    } finally {
      end();
    }
  },
};

function* copy(context: ShellContext, operands: Map<string, string>, size: number, count: number): Task<number> {
  const { cluster, files, stdout, stderr } = context;
  const [from, to] = [operands.get('if'), operands.get('of')];
  const isEndless = from !== undefined && endless.test(from);
  const text = isEndless ? '' : from === undefined ? context.stdin : files.read(from);
  if (text === undefined) {
    stderr(
      `dd: ${context.scene.busybox ? `can't open '${from}'` : `failed to open '${from}'`}: No such file or directory\n`,
    );
    return 1;
  }
  const there = (from === undefined ? undefined : files.reserved?.(from)) ?? text.length;
  const wanted = isEndless ? size * count : Math.min(there, size * count);
  let written = wanted;
  if (to === undefined || wanted <= Math.min(most, size * count)) {
    if (wanted > 1_000_000) return notSimulated('more than a million bytes of standard output');
    const piece = isEndless ? '\0'.repeat(wanted) : text.slice(0, wanted);
    if (to === undefined) stdout(piece);
    else if (to !== '/dev/null') files.write(to, piece);
  } else if (to === '/dev/null') {
    if (wanted === Infinity) return notSimulated('it would never end');
  } else {
    const room = fill(context, to, Math.min(wanted, Number.MAX_SAFE_INTEGER));
    if (typeof room === 'string') return notSimulated(room);
    written = room;
  }
  const took = Math.max(1, Math.ceil(written / pace));
  yield { until: cluster.clock.now + took };
  if (written < wanted) stderr(`dd: error writing '${to}': No space left on device\n`);
  if (operands.get('status') !== 'none') stderr(statistics(context, written, wanted, size, operands.get('status')));
  return written < wanted ? 1 : 0;

  function notSimulated(what: string): number {
    stderr(`dd: not simulated: ${what}\n`);
    return 127;
  }
}

function statistics(
  { scene }: ShellContext,
  bytes: number,
  wanted: number,
  size: number,
  status: string | undefined,
): string {
  const records = (amount: number) => `${Math.floor(amount / size)}+${amount % size > 0 ? 1 : 0}`;
  const read = bytes < wanted ? `${Math.floor(bytes / size) + 1}+0` : records(bytes);
  const counts = `${read} records in\n${records(bytes)} records out\n`;
  if (status === 'noxfer') return counts;
  const seconds = Math.max(1, bytes) / pace / 1000;
  if (scene.busybox) {
    return `${counts}${bytes} bytes (${tenths(bytes)}B) copied, ${seconds.toFixed(6)} seconds, ${tenths(bytes / seconds)}B/s\n`;
  }
  const size_ = bytes < 1000 ? '' : ` (${bothWays(bytes)})`;
  const speed = bothWays(Math.round(bytes / seconds)).split(',')[0] ?? '';
  return `${counts}${bytes} bytes${size_} copied, ${String(Number(seconds.toPrecision(6)))} s, ${speed}/s\n`;
}
