import { type ShellCommand, plain } from '../command';
import { Leave } from '../leave';
import { resolvePath } from '../path';

/** Commands that belong to the shell itself. */
export const builtins: Readonly<Record<string, ShellCommand>> = {
  ':': builtin(() => 0),
  true: builtin(() => 0),
  false: builtin(() => 1),
  cd: builtin((args, { session, stderr, files }) => {
    const target = resolvePath(session.cwd, args[0] ?? session.variables.get('HOME') ?? '/root');
    if (target !== '/' && files.list(target) === undefined && files.read(target) !== undefined) {
      stderr(`${session.shell}: cd: ${args[0] ?? target}: Not a directory\n`);
      return 1;
    }
    const known = ['/', session.variables.get('HOME') ?? '/root', '/tmp'];
    if (!known.includes(target) && files.list(target) === undefined) {
      stderr(`${session.shell}: cd: ${args[0] ?? target}: No such file or directory\n`);
      return 1;
    }
    session.cwd = target;
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
    for (const name of args) {
      session.variables.delete(name);
      session.exported.delete(name);
    }
    return 0;
  }),
  // Options of the shell (`set -e`, `set -o pipefail`) are accepted and change nothing.
  set: builtin(() => 0),
  read: builtin((args, { session, input }) => {
    const names = args.filter((word) => !word.startsWith('-'));
    const line = input.takeLine();
    const words = (line ?? '').trim().split(/\s+/);
    for (const [index, name] of (names.length > 0 ? names : ['REPLY']).entries()) {
      const last = index === names.length - 1 || names.length === 0;
      session.variables.set(name, last ? words.slice(index).join(' ') : (words[index] ?? ''));
    }
    return line === undefined ? 1 : 0;
  }),
  exit: builtin((args, { session }) => {
    throw new Leave('exit', exitCode(args[0], session.lastExitCode));
  }),
  return: builtin((args, { session }) => {
    throw new Leave('exit', exitCode(args[0], session.lastExitCode));
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
      while (jobs.some((job) => !job.done)) yield { until: session.cluster.clock.now + 50 };
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
      return yield* context.script(args.join(' '));
    },
  },
  exec: {
    builtin: true,
    *run(args, context) {
      return args.length === 0 ? 0 : yield* context.run(args);
    },
  },
};

function builtin(run: Parameters<typeof plain>[0]): ShellCommand {
  return { ...plain(run), builtin: true };
}

function exitCode(text: string | undefined, last: number): number {
  return text === undefined ? last : Number(text) & 255;
}
