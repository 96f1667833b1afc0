import { type ShellCommand, type ShellContext, plain } from '../command';
import { type SeenProcess, processesAt } from '../proc/processes';
import { hasFlag, readOptions } from './options';
import { BoundedRegExp } from '../language/bounded-regexp';

/** `pgrep`, `pidof` and `pkill`: processes by their names, in the place's PID namespace. */
export const processFinders: Readonly<Record<string, ShellCommand>> = {
  pgrep: plain((args, context) => {
    const options = readOptions(args, {
      flags: ['l', 'a', 'f', 'x', 'c', 'v', 'o', 'n', 'i'],
      withValue: ['u', 'P', 'd'],
    });
    const [pattern] = options.operands;
    if (pattern === undefined) {
      context.stderr(noPattern('pgrep', context));
      return 2;
    }
    const chosen = search(pattern, context, {
      whole: hasFlag(options, 'f'),
      exact: hasFlag(options, 'x'),
      inverted: hasFlag(options, 'v'),
      ignoreCase: hasFlag(options, 'i'),
    });
    const found = hasFlag(options, 'o') ? chosen.slice(0, 1) : hasFlag(options, 'n') ? chosen.slice(-1) : chosen;
    if (hasFlag(options, 'c')) context.stdout(`${found.length}\n`);
    else
      for (const one of found) {
        const name = hasFlag(options, 'a') ? ` ${one.command.join(' ')}` : hasFlag(options, 'l') ? ` ${one.comm}` : '';
        context.stdout(`${one.pid}${name}\n`);
      }
    return found.length > 0 ? 0 : 1;
  }),
  pidof: plain((args, context) => {
    const options = readOptions(args, { flags: ['s', 'q', 'x', 'c'], withValue: ['o', 'S'] });
    // The newest first; threads of the kernel have no program.
    const all = processesAt(context.scene).filter((one) => one.process || one.pid === 1);
    const found = all.filter((one) => options.operands.some((name) => isProgram(one, name))).reverse();
    const shown = hasFlag(options, 's') ? found.slice(0, 1) : found;
    if (shown.length > 0) context.stdout(`${shown.map(({ pid }) => pid).join(' ')}\n`);
    return shown.length > 0 ? 0 : 1;
  }),
  pkill: {
    *run(args, context) {
      const signal = args.find((word) => /^-(?:\d+|(?:SIG)?[A-Z]+)$/.test(word));
      const options = readOptions(
        args.filter((word) => word !== signal),
        { flags: ['f', 'x', 'e', 'i'], withValue: ['u', 'P'] },
      );
      const [pattern] = options.operands;
      if (pattern === undefined) {
        context.stderr(noPattern('pkill', context));
        return 2;
      }
      const whole = { whole: hasFlag(options, 'f'), exact: hasFlag(options, 'x'), inverted: false, ignoreCase: false };
      const found = search(pattern, context, whole);
      if (found.length === 0) return 1;
      if (signal === '-0') return 0;
      return yield* context.run(['kill', ...(signal ? [signal] : []), ...found.map(({ pid }) => String(pid))]);
    },
  },
};

interface How {
  readonly whole: boolean;
  readonly exact: boolean;
  readonly inverted: boolean;
  readonly ignoreCase: boolean;
}

function search(pattern: string, { scene }: ShellContext, { whole, exact, inverted, ignoreCase }: How): SeenProcess[] {
  let expression: RegExp;
  try {
    expression = new BoundedRegExp(exact ? `^(?:${pattern})$` : pattern, ignoreCase ? 'i' : '');
  } catch {
    return [];
  }
  return processesAt(scene).filter((one) => expression.test(whole ? one.command.join(' ') : one.comm) !== inverted);
}

function isProgram({ comm, command }: SeenProcess, name: string): boolean {
  const program = (command[0] ?? '').replace(/:.*$/, '');
  return comm === name || program === name || program.endsWith(`/${name}`);
}

// src/pgrep.c of procps-ng
function noPattern(name: string, { scene }: ShellContext): string {
  if (scene.busybox) return `${name}: no process selection criteria\n`;
  return `${name}: no matching criteria specified\nTry \`${name} --help' for more information.\n`;
}
