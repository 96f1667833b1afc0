import type { Task } from '@/kubernetes/clock/task';
import type { ShellCommand, ShellContext } from '../command';
import { Buffer, Input } from '../io';
import { duration } from './duration';
import { readFile } from './input-files';
import { lastValue, readOptions } from './options';

/** Runs the rest of the line. */
const passOn: ShellCommand = {
  *run(args, context) {
    const argv = args.filter((word, i) => i > 0 || !word.startsWith('-'));
    return argv.length === 0 ? 0 : yield* context.run(argv);
  },
};

/** Commands that run other commands. */
export const nested: Readonly<Record<string, ShellCommand>> = {
  sleep: {
    *run(args, { stderr, cluster }) {
      let total = 0;
      for (const word of args) {
        const millis = duration(word);
        if (millis === undefined) {
          stderr(`sleep: invalid time interval ‘${word}’\nTry 'sleep --help' for more information.\n`);
          return 1;
        }
        total += millis;
      }
      if (args.length === 0) {
        stderr("sleep: missing operand\nTry 'sleep --help' for more information.\n");
        return 1;
      }
      const until = cluster.clock.now + total;
      while (cluster.clock.now < until) yield { until };
      return 0;
    },
  },
  timeout: { run: timeout },
  watch: { run: watch },
  time: {
    builtin: true,
    *run(args, context) {
      const start = context.cluster.clock.now;
      const code = yield* context.run(args);
      const seconds = (context.cluster.clock.now - start) / 1000;
      context.stderr(`\nreal\t${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s\n`);
      return code;
    },
  },
  xargs: { run: xargs },
  env: {
    *run(args, context) {
      const assignments = args.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
      const argv = assignments < 0 ? [] : args.slice(assignments);
      for (const word of assignments < 0 ? args : args.slice(0, assignments)) {
        const [name = '', ...value] = word.split('=');
        context.session.export(name, value.join('='));
      }
      if (argv.length > 0) return yield* context.run(argv);
      for (const [name, value] of context.session.environment) context.stdout(`${name}=${value}\n`);
      return 0;
    },
  },
  nohup: passOn,
  sudo: passOn,
  busybox: passOn,
  sh: { run: shell },
  bash: { run: shell },
  ash: { run: shell },
  source: { builtin: true, run: (args, context) => script(args, context, true) },
  '.': { builtin: true, run: (args, context) => script(args, context, true) },
};

function* timeout(args: readonly string[], context: ShellContext): Task<number> {
  const options = readOptions(args, {
    flags: ['foreground', 'preserve-status', 'v'],
    withValue: ['s', 'signal', 'k', 'kill-after'],
    stopAtOperand: true,
  });
  const [limit = '', ...argv] = options.operands;
  const millis = duration(limit);
  if (millis === undefined || argv.length === 0) {
    const problem = argv.length === 0 ? 'missing operand' : `invalid time interval ‘${limit}’`;
    context.stderr(`timeout: ${problem}\nTry 'timeout --help' for more information.\n`);
    return 125;
  }
  const { clock } = context.cluster;
  const end = clock.now + millis;
  const task = context.run(argv);
  for (;;) {
    const turn = task.next();
    if (turn.done) return turn.value;
    yield { ...turn.value, until: Math.min(turn.value.until ?? Infinity, end) };
    if (millis > 0 && clock.now >= end && !((turn.value.until ?? Infinity) <= end)) {
      task.return(124);
      return lastValue(options, 's', 'signal')?.includes('KILL') ? 137 : 124;
    }
  }
}

/** `watch -n 2 COMMAND`: prints the command's output every interval, below a heading, until it is interrupted. */
function* watch(args: readonly string[], context: ShellContext): Task<number> {
  const options = readOptions(args, {
    flags: ['t', 'd', 'e', 'g', 'x'],
    withValue: ['n', 'interval'],
    stopAtOperand: true,
  });
  const interval = duration(lastValue(options, 'n', 'interval') ?? '2') ?? 2000;
  const line = options.operands.join(' ');
  if (line === '') {
    context.stderr('Usage:\n watch [options] command\n');
    return 1;
  }
  for (;;) {
    const out = new Buffer();
    yield* context.script(line, { stdout: out.write, stderr: out.write, input: new Input() });
    const head = options.flags.has('t') ? '' : `Every ${(interval / 1000).toFixed(1)}s: ${line}\n\n`;
    context.stdout(`${head}${out.text}\n`);
    yield { until: context.cluster.clock.now + Math.max(100, interval) };
  }
}

function* xargs(args: readonly string[], context: ShellContext): Task<number> {
  const options = readOptions(args, {
    flags: ['r', 't', '0'],
    withValue: ['n', 'I', 'L', 'P', 'd'],
    stopAtOperand: true,
  });
  const text = context.stdin;
  const placeholder = lastValue(options, 'I');
  const words = (placeholder === undefined ? text.split(/\s+/) : text.split('\n')).filter((word) => word !== '');
  const argv = options.operands.length > 0 ? options.operands : ['echo'];
  const size = placeholder === undefined ? Number(lastValue(options, 'n', 'L') ?? Infinity) : 1;
  if (words.length === 0) return options.flags.has('r') || placeholder !== undefined ? 0 : yield* context.run(argv);
  let code = 0;
  for (let start = 0; start < words.length; start += Math.max(1, size)) {
    const batch = words.slice(start, start + Math.max(1, size));
    const full =
      placeholder === undefined
        ? [...argv, ...batch]
        : argv.map((word) => word.replaceAll(placeholder, batch[0] ?? ''));
    if ((yield* context.run(full, { input: new Input() })) !== 0) code = 123;
    if (size === Infinity) break;
  }
  return code;
}

function* shell(args: readonly string[], context: ShellContext): Task<number> {
  const command = args.findIndex((word) => /^-[a-z]*c$/.test(word));
  if (command >= 0) {
    const [name, ...parameters] = args.slice(command + 2);
    return yield* context.script(args[command + 1] ?? '', undefined, { name, parameters });
  }
  const file = args.findIndex((word) => !word.startsWith('-'));
  if (file >= 0) return yield* script(args.slice(file), context);
  const text = context.stdin;
  return text === '' ? 0 : yield* context.script(text, { input: new Input() });
}

function* script(args: readonly string[], context: ShellContext, here = false): Task<number> {
  const [name = '', ...parameters] = args;
  const text = readFile(name, context);
  if (text === undefined) {
    context.stderr(`${context.session.shell}: ${name}: No such file or directory\n`);
    return here ? 1 : 127;
  }
  return yield* context.script(text, undefined, { here, name, parameters });
}
