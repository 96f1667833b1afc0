import type { Cluster } from '@/kubernetes/cluster';
import type { Task } from '@/kubernetes/clock/task';

/** The files of a machine's working directory (and the few system files that are simulated), by path. */
export interface FileSystem {
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  /** Names directly under a folder; undefined when there is no such folder. */
  list(path: string): string[] | undefined;
  remove(path: string): boolean;
}

/** What any command is given. It writes to `stdout` and `stderr` as it goes, and returns its exit code. */
export interface CommandContext {
  readonly cluster: Cluster;
  readonly files: FileSystem;
  readonly environment: ReadonlyMap<string, string>;
  readonly stdin: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Opens the host's editor on a text (`kubectl edit`); undefined = no editor here. */
  readonly edit?: (text: string) => string;
}

/** `args` excludes the command's own name. A command that needs no time never yields. */
export type Command<C extends CommandContext = CommandContext> = (args: readonly string[], context: C) => Task<number>;
