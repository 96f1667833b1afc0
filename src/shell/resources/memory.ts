import type { Task } from '@/kubernetes/clock/task';
import { HOST } from '@/kubernetes/network/host';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { duration } from '../commands/duration';
import { hasFlag, lastValue, readOptions } from '../commands/options';
import { alive, fork, grow, processFor, usageOf } from './place';
import { bytesOf, tenths, withUnit } from './sizes';

const notHere = 'how much memory this machine uses is not simulated';

/** procps, src/free.c; busybox, procps/free.c. Caches count for nothing: what is not used is free. */
export const free: ShellCommand = plain((args, context) => {
  const options = readOptions(args, { flags: ['b', 'k', 'm', 'g', 'h', 'w'] });
  const found = usageOf(context)?.memory();
  if (!found) {
    context.stderr(`free: not simulated: ${notHere}\n`);
    return 127;
  }
  const { busybox } = context.scene;
  const unit = hasFlag(options, 'b') ? 1 : hasFlag(options, 'm') ? 1024 ** 2 : hasFlag(options, 'g') ? 1024 ** 3 : 1024;
  const text = (bytes: number) =>
    hasFlag(options, 'h') ? (busybox ? tenths(bytes) : withUnit(bytes)) : String(Math.floor(bytes / unit));
  const row = (label: string, values: readonly string[]) =>
    `${label.padEnd(busybox ? 7 : 8)}${values
      .map((value) => value.padStart(12))
      .join('')
      .replace(/ {12}$/, '')}\n`;
  const { capacity, available } = found;
  context.stdout(row('', ['total', 'used', 'free', 'shared', 'buff/cache', 'available']));
  context.stdout(row('Mem:', [capacity, capacity - available, available, 0, 0, available].map(text)));
  context.stdout(row('Swap:', [0, 0, 0].map(text)));
  return 0;
});

/** Reads a line that never ends, and keeps all of it: until there is no more memory. */
export const hog: ShellCommand = {
  *run(_args, context) {
    if (!usageOf(context)) {
      context.stderr(`tail: not simulated: ${notHere}\n`);
      return 127;
    }
    const { pid, end } = processFor(context, 'tail');
    try {
      yield* grow(context, pid, Infinity);
      context.stderr('Killed\n');
      return 137;
    } finally {
      end();
    }
  },
};

/** stress 1.0.4, src/stress.c: only its workers that hold memory (`--vm`) do anything. */
export const stress: ShellCommand = {
  *run(args, context) {
    const options = readOptions(args, {
      flags: ['q', 'quiet', 'v', 'verbose', 'vm-keep'],
      withValue: [
        'm',
        'vm',
        'vm-bytes',
        'vm-hang',
        'vm-stride',
        't',
        'timeout',
        'c',
        'cpu',
        'i',
        'io',
        'd',
        'hdd',
        'hdd-bytes',
      ],
    });
    const count = (short: string, long: string) => Number(lastValue(options, short, long) ?? 0);
    const [cpu, io, vm, hdd] = [count('c', 'cpu'), count('i', 'io'), count('m', 'vm'), count('d', 'hdd')];
    const bytes = bytesOf(lastValue(options, 'vm-bytes') ?? '256M');
    const time = lastValue(options, 't', 'timeout');
    const limit = time === undefined ? undefined : duration(time);
    if (!usageOf(context) || bytes === undefined || !(vm >= 0 && vm <= 64)) {
      context.stderr(
        usageOf(context) ? 'stress: FAIL: [1] (242) unrecognized option\n' : `stress: not simulated: ${notHere}\n`,
      );
      return usageOf(context) ? 1 : 127;
    }
    return yield* dispatch(context, { cpu, io, vm, hdd, bytes, limit });
  },
};

interface Hogs {
  readonly cpu: number;
  readonly io: number;
  readonly vm: number;
  readonly hdd: number;
  readonly bytes: number;
  readonly limit: number | undefined;
}

function* dispatch(context: ShellContext, { cpu, io, vm, hdd, bytes, limit }: Hogs): Task<number> {
  const { cluster, scene, stdout, stderr } = context;
  const began = cluster.clock.now;
  const parent = processFor(context, 'stress');
  const inner = scene.kernel.process(parent.pid)?.innerPid ?? parent.pid;
  const until = limit === undefined ? undefined : began + limit;
  stdout(`stress: info: [${inner}] dispatching hogs: ${cpu} cpu, ${io} io, ${vm} vm, ${hdd} hdd\n`);
  const { namespace, uid, process } = scene;
  const place = { namespace, pidNamespace: process?.pidNamespace ?? HOST, uid };
  const workers = Array.from({ length: vm }, () => fork(context, place, 'stress', parent.pid));
  try {
    for (const worker of workers) {
      const numberInside = scene.kernel.process(worker.pid)?.innerPid ?? worker.pid;
      if (yield* grow(context, worker.pid, bytes)) continue;
      if (!scene.kernel.process(parent.pid)) return 137;
      return failed(numberInside);
    }
    for (const { pid } of workers.length > 0 ? workers : [parent]) {
      const numberInside = scene.kernel.process(pid)?.innerPid ?? pid;
      if (!(yield* alive(context, pid, until))) return scene.kernel.process(parent.pid) ? failed(numberInside) : 137;
    }
    stdout(`stress: info: [${inner}] successful run completed in ${seconds()}s\n`);
    return 0;
  } finally {
    for (const worker of workers) worker.end();
    parent.end();
  }

  function seconds(): number {
    return Math.round((cluster.clock.now - began) / 1000);
  }

  function failed(worker: number): number {
    stderr(`stress: FAIL: [${inner}] (415) <-- worker ${worker} got signal 9\n`);
    stderr(`stress: WARN: [${inner}] (417) now reaping child worker processes\n`);
    stderr(`stress: FAIL: [${inner}] (451) failed run completed in ${seconds()}s\n`);
    return 1;
  }
}
