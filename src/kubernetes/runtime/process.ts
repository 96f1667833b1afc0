import type { Millis } from '../clock/clock';
import type { Task } from '../clock/task';
import type { Interface } from '../network/interfaces';
import type { AppRequest, AppResponse, BindError, ListenOptions, Process, Socket } from '../network/kernel';
import type { WalkResult } from '../network/packet-walk';
import type { Image } from './catalogue';
import type { WriteError } from './write-rights';

export type Signal = 'SIGTERM' | 'SIGKILL' | 'SIGINT' | 'SIGQUIT' | 'SIGHUP';

/** An interface as a program sees it under /sys/class/net. */
export type Device = Pick<Interface, 'index' | 'name' | 'kind' | 'mac' | 'mtu' | 'peer'> & {
  readonly carrier: boolean;
};

/** What a running program may ask of the machine it runs on. */
export interface ProcessHandle {
  readonly process: Process;
  readonly argv: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly image: Image;
  /** Which container of which Pod it runs in. */
  readonly container: { readonly namespace: string; readonly pod: string; readonly name: string };
  readonly hostname: string;
  readonly kernelVersion: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** The interfaces of its network namespace, and whether each has a carrier. */
  interfaces(): readonly Device[];
  readonly now: Millis;
  /** Milliseconds since 1970. */
  readonly date: number;
  /** The signal it was sent and has not yet taken. */
  pendingSignal(): Signal | undefined;
  takeSignal(): Signal | undefined;
  /** The number, in its own PID namespace, of who sent the last signal: 0 for one from outside of it. */
  readonly signalSender: number;
  /** Sends a signal to the container's first process. */
  signalFirst(signal: Signal, sender: number): void;
  /** The same process with another command line, as after `exec`. */
  become(argv: readonly string[]): ProcessHandle;
  /** A file of the container; undefined when there is none. */
  read(path: string): string | undefined;
  /** Names directly in a folder of the container, sorted; undefined when there is no such folder. */
  list(path: string): readonly string[] | undefined;
  /** What stands in the way of writing at a path of the container. */
  writeError(path: string): WriteError | undefined;
  /** When a file was written last, in milliseconds since 1970. */
  modified(path: string): number | undefined;
  /** Writes one or more lines to the container's log. */
  write(stream: 'stdout' | 'stderr', text: string): void;
  /** The addresses of a name, by its hosts file and name servers, or by one name server alone; or why there are none. */
  lookUp(name: string, server?: string): readonly string[] | 'nxdomain' | 'silent' | 'refused';
  /** Asks another server over HTTP. */
  connect(
    address: string,
    port: number,
    http: NonNullable<AppRequest['http']>,
  ): { readonly result: WalkResult; readonly response?: AppResponse };
  listen(options: ListenOptions): Socket | BindError;
  close(socket: number): void;
  /** The name and command line that the kernel knows it by, as after `exec` or `setproctitle`. */
  rename(comm: string, command: readonly string[]): void;
  fork(process: { comm: string; title: string; uid?: number }): Process;
  /** A process that it forked has ended. */
  reap(child: Process): void;
}

/** A program: runs until it returns its exit code. It is resumed early when it gets a signal. */
export type Program = (handle: ProcessHandle) => Task<number>;

/** Sleeps until `until` (for ever, without), or until a signal comes, which it leaves pending and returns. */
export function* pause(handle: ProcessHandle, until?: Millis): Task<Signal | undefined> {
  for (;;) {
    const signal = handle.pendingSignal();
    if (signal) return signal;
    if (until !== undefined && handle.now >= until) return undefined;
    yield until === undefined ? {} : { until };
  }
}

/** Time that passes although a signal has come. */
export function* pauseThrough(handle: ProcessHandle, duration: number): Task<void> {
  const until = handle.now + duration;
  while (handle.now < until) yield { until };
}

/**
 * Whether SIGTERM ends a program that has no handler for it: not PID 1 of a PID namespace, which the kernel spares
 * (man 7 pid_namespaces).
 */
export function diesOfSigterm(process: Process): boolean {
  return process.pidNamespace === 'host' || process.innerPid !== 1;
}
