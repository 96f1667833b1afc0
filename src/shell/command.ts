import type { CommandContext } from '@/kubectl/command';
import type { Task } from '@/kubernetes/clock/task';
import type { Input, Io } from './io';
import type { Scene } from './scene';
import type { Session } from './session';

/** What a command of the shell is given beyond what kubectl needs. `stdin` takes all of `input` when it is read. */
export interface ShellContext extends CommandContext {
  readonly session: Session;
  readonly scene: Scene;
  readonly input: Input;
  /**
   * Runs another command, as `timeout`, `xargs` and `watch` do; in another network namespace of the machine, if one is
   * named. What `io` leaves out is this command's own.
   */
  readonly run: (argv: readonly string[], io?: Partial<Io>, network?: string) => Task<number>;
  /** Runs a text as a script: `sh -c`; or, `here`, as part of this shell: `eval`, `source`. */
  readonly script: (text: string, io?: Partial<Io>, how?: ScriptCall) => Task<number>;
}

/** How a script is called: in the calling shell, or in one of its own with a name (`$0`) and arguments. */
export interface ScriptCall {
  readonly here?: boolean;
  readonly name?: string;
  readonly parameters?: readonly string[];
}

/** What a name stands for on the command line. */
export interface ShellCommand {
  /** `args` excludes the command's own name. */
  run(args: readonly string[], context: ShellContext): Task<number>;
  /** Part of the shell itself: there even where an image has no programs. */
  readonly builtin?: boolean;
  /** Whether more input can only add to the end of its output: it may then run while its input still grows. */
  readonly incremental?: (args: readonly string[]) => boolean;
  /** Whether it would stop reading after `input`: whoever feeds it is then ended, as by SIGPIPE. */
  readonly satisfied?: (args: readonly string[], input: string) => boolean;
}

/** Commands by what is typed. */
export type ShellCommands = Readonly<Record<string, ShellCommand>>;

/** A command that needs no time: text in, text out. */
export function plain(run: (args: readonly string[], context: ShellContext) => number): ShellCommand {
  return {
    *run(args, context) {
      return run(args, context);
    },
  };
}
