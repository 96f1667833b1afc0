import type { Cluster } from '@/kubernetes/cluster';
import type { Task } from '@/kubernetes/clock/task';

/** The files of a machine's working directory (and the few system files that are simulated), by path. */
export interface FileSystem {
  /** The working directory's own path, for messages that print it. */
  readonly cwd?: string;
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  /** Names directly under a folder; undefined when there is no such folder. */
  list(path: string): string[] | undefined;
  remove(path: string): boolean;
  /** Makes a file of so many zeros of which the size alone is kept; undefined where no such files can be. */
  reserve?(path: string, bytes: number): void;
  /** The bytes of such a file; undefined for any other. */
  reserved?(path: string): number | undefined;
}

/** What any command is given. It writes to `stdout` and `stderr` as it goes, and returns its exit code. */
export interface CommandContext {
  readonly cluster: Cluster;
  readonly files: FileSystem;
  readonly environment: ReadonlyMap<string, string>;
  readonly stdin: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Opens the host's editor on a text (`kubectl edit`) and waits until it is closed; undefined = no editor here. */
  readonly edit?: (text: string) => Task<string>;
  /** The machine the command runs on: where `kubectl port-forward` listens. */
  readonly host?: string;
  /** Runs a program inside a container (`kubectl exec`): given by the shell; undefined = not possible here. */
  readonly exec?: (request: ExecRequest) => Task<number>;
}

/** One program to run in a container, as the kubelet's `/exec` is asked. Returns the program's exit code. */
export interface ExecRequest {
  readonly namespace: string;
  readonly pod: string;
  /** The Pod's default container when absent. */
  readonly container?: string;
  readonly argv: readonly string[];
  readonly stdin: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** `args` excludes the command's own name. A command that needs no time never yields. */
export type Command<C extends CommandContext = CommandContext> = (args: readonly string[], context: C) => Task<number>;
