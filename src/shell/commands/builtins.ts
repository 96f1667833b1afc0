import { type ShellCommand, type ShellContext, plain } from '../command';
import { arithmetic } from '../language/arithmetic';
import { namesOf } from '../language/expand';
import { clearArray, elementName, fillArray, keysOf } from '../language/arrays';
import { Leave } from '../leave';
import { resolvePath } from '../path';
import { lastValue, readOptions } from './options';
import { read } from './read';

/** Commands that belong to the shell itself. */
export const builtins: Readonly<Record<string, ShellCommand>> = {
  ':': builtin(() => 0),
  true: builtin(() => 0),
  false: builtin(() => 1),
  cd: builtin((args, { session, stdout, stderr, files }) => {
    const back = args[0] === '-' ? session.variables.get('OLDPWD') : undefined;
    if (args[0] === '-' && back === undefined) {
      stderr(`${session.shell}: cd: OLDPWD not set\n`);
      return 1;
    }
    const target = resolvePath(session.cwd, back ?? args[0] ?? session.variables.get('HOME') ?? '/root');
    if (target !== '/' && files.list(target) === undefined && files.read(target) !== undefined) {
      stderr(`${session.shell}: cd: ${args[0] ?? target}: Not a directory\n`);
      return 1;
    }
    const known = ['/', session.variables.get('HOME') ?? '/root', '/tmp'];
    if (!known.includes(target) && files.list(target) === undefined) {
      stderr(`${session.shell}: cd: ${args[0] ?? target}: No such file or directory\n`);
      return 1;
    }
    session.variables.set('OLDPWD', session.cwd);
    session.cwd = target;
    if (back !== undefined) stdout(`${target}\n`);
    return 0;
  }),
  pwd: builtin((_args, { session, stdout }) => {
    stdout(`${session.cwd}\n`);
    return 0;
  }),
  export: builtin((args, { session }) => {
    for (const word of args) {
      const [name = '', ...value] = word.split('=');
      if (value.length > 0) session.export(name, value.join('='));
      else if (session.variables.has(name)) session.exported.add(name);
    }
    return 0;
  }),
  unset: builtin((args, { session }) => {
    for (const name of args.filter((one) => !one.startsWith('-'))) {
      if (name.includes('[')) session.variables.delete(name.replace(/\[0\]$/, '').replace(/\[(["'])(.*)\1\]$/, '[$2]'));
      else clearArray(name, session);
      session.associative.delete(name);
      session.exported.delete(name);
    }
    return 0;
  }),
  // Of the options `-e`, `-u` and `-o pipefail` do what they say; the others are accepted and change nothing.
  set: builtin((args, { session }) => {
    for (const [i, word] of args.entries()) {
      const long = /^[-+]\w*o$/.test(word) ? args[i + 1] : undefined;
      const names = [
        long,
        /^[-+]\w*e/.test(word) ? 'errexit' : undefined,
        /^[-+]\w*u/.test(word) ? 'nounset' : undefined,
      ];
      for (const name of names) {
        if (name !== undefined && word.startsWith('-')) session.switches.add(name);
        else if (name !== undefined) session.switches.delete(name);
      }
    }
    const first = args.indexOf('--');
    if (first >= 0) session.parameters = args.slice(first + 1);
    else if (args[0] !== undefined && !/^[-+]/.test(args[0])) session.parameters = args;
    return 0;
  }),
  shift: builtin((args, { session }) => {
    const count = Number(args[0] ?? 1);
    if (count > session.parameters.length) return 1;
    session.parameters = session.parameters.slice(count);
    return 0;
  }),
  let: builtin((args, { session }) => {
    const values = args.map((expression) => arithmetic(expression, namesOf(session)));
    return (values.at(-1) ?? 0) === 0 ? 1 : 0;
  }),
  local: builtin((args, context) => {
    const { session, stderr } = context;
    const hidden = session.locals.at(-1);
    if (!hidden) {
      stderr(`${session.shell}: local: can only be used in a function\n`);
      return 1;
    }
    for (const word of args.filter((one) => !one.startsWith('-'))) {
      const name = word.split('=')[0] ?? '';
      if (!hidden.has(name)) hidden.set(name, session.variables.get(name));
      for (const key of keysOf(name, session)) {
        const element = elementName(name, key);
        if (!hidden.has(element)) hidden.set(element, session.variables.get(element));
      }
      if (!word.includes('=')) clearArray(name, session);
    }
    return assign(args, context);
  }),
  declare: builtin(assign),
  typeset: builtin(assign),
  readonly: builtin(assign),
  read,
  mapfile: builtin(mapfile),
  readarray: builtin(mapfile),
  exit: builtin((args, { session }) => {
    throw new Leave('exit', exitCode(args[0], session.lastExitCode));
  }),
  return: builtin((args, { session }) => {
    throw new Leave('return', exitCode(args[0], session.lastExitCode));
  }),
  break: builtin((args) => {
    throw new Leave('break', 0, Number(args[0] ?? 1) || 1);
  }),
  continue: builtin((args) => {
    throw new Leave('continue', 0, Number(args[0] ?? 1) || 1);
  }),
  jobs: builtin((_args, { session, stdout }) => {
    for (const job of session.jobs.filter((entry) => !entry.done))
      stdout(`[${job.number}]   Running                 &\n`);
    return 0;
  }),
  wait: {
    builtin: true,
    *run(args, { session }) {
      const jobs = session.jobs.filter((job) => args.length === 0 || args.includes(String(job.pid)));
      while (jobs.some((job) => !job.done)) {
        // 128 and the number of the signal, which is SIGTERM here.
        if (session.traps.waiting) return 143;
        yield { until: session.cluster.clock.now + 50 };
      }
      return args.length > 0 ? (jobs.at(-1)?.exitCode ?? 127) : 0;
    },
  },
  command: {
    builtin: true,
    *run(args, context) {
      if (args[0] !== '-v' && args[0] !== '-V') return yield* context.run(args);
      return yield* context.run(['which', ...args.slice(1)]);
    },
  },
  eval: {
    builtin: true,
    *run(args, context) {
      return yield* context.script(args.join(' '), undefined, { here: true });
    },
  },
  exec: {
    builtin: true,
    *run(args, context) {
      return args.length === 0 ? 0 : yield* context.run(args);
    },
  },
};

/** `NAME=value` words; `-A` makes an associative array; other options (`-i`, `-r`) are accepted and change nothing. */
function assign(args: readonly string[], { session }: ShellContext): number {
  for (const word of args.filter((one) => !one.startsWith('-'))) {
    const [name = '', ...value] = word.split('=');
    if (args.some((one) => /^-\w*A/.test(one))) session.associative.add(name);
    if (value.length > 0) session.variables.set(name, value.join('='));
  }
  return 0;
}

/** `mapfile [-t] [-n COUNT] [-O FIRST] [NAME]`: the lines of its input as the elements of an array. */
function mapfile(args: readonly string[], { session, stdin }: ShellContext): number {
  const options = readOptions(args, { flags: ['t'], withValue: ['n', 'O', 's', 'd'] });
  const [name = 'MAPFILE'] = options.operands;
  const end = lastValue(options, 'd')?.charAt(0) ?? '\n';
  const pieces = stdin.split(end).map((piece) => (options.flags.has('t') ? piece : piece + end));
  if (stdin.endsWith(end) || stdin === '') pieces.pop();
  const skip = Number(lastValue(options, 's') ?? 0);
  const count = Number(lastValue(options, 'n') ?? 0) || pieces.length;
  const first = lastValue(options, 'O');
  if (first === undefined) clearArray(name, session);
  fillArray(name, pieces.slice(skip, skip + count), session, Number(first ?? 0));
  return 0;
}

function builtin(run: Parameters<typeof plain>[0]): ShellCommand {
  return { ...plain(run), builtin: true };
}

function exitCode(text: string | undefined, last: number): number {
  return text === undefined ? last : Number(text) & 255;
}
