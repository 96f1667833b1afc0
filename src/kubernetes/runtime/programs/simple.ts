import type { Task } from '../../clock/task';
import type { EntrypointFile, LogFile, SleepFile } from '../image';
import { diesOfSigterm, pause, type ProcessHandle, type Program } from '../process';
import { times, type Values } from '../template';
import { writeLines } from './lines';

function values(handle: ProcessHandle): Values[] {
  return [handle.image.variables, times(handle.date), { hostname: handle.hostname }];
}

/** Waits for SIGTERM; without a handler (`stop`), PID 1 never sees it and waits for SIGKILL. */
export function sleeper(file: SleepFile): Program {
  return (handle) => sleep(file, handle);
}

function* sleep(file: SleepFile, handle: ProcessHandle): Task<number> {
  yield* writeLines(handle, file.log, values);
  return yield* untilTerminated(handle, undefined, file.stop?.exitCode);
}

/** `sleep 3600`: ends by itself after `duration` milliseconds. */
export function* untilTerminated(handle: ProcessHandle, duration?: number, exitCode?: number): Task<number> {
  const until = duration === undefined ? undefined : handle.now + duration;
  for (;;) {
    const signal = yield* pause(handle, until);
    if (!signal) return 0;
    handle.takeSignal();
    if (exitCode !== undefined) return exitCode;
    // 128 + 15: what a shell and the runtime report for a process that SIGTERM ended.
    if (diesOfSigterm(handle.process)) return 143;
  }
}

/** What an entry-point script does before it hands over: its lines. `become` runs the command that follows. */
export function entrypoint(file: EntrypointFile, become: Become): Program {
  return (handle) => enter(file, become, handle);
}

type Become = (argv: readonly string[]) => Program;

function* enter(file: EntrypointFile, become: Become, handle: ProcessHandle): Task<number> {
  const rest = handle.argv.slice(1);
  const command = file.default && (rest.length === 0 || rest[0]?.startsWith('-')) ? [file.default, ...rest] : rest;
  if (!file.when || file.when.includes(command[0] ?? '')) yield* writeLines(handle, linesFor(file, handle), values);
  return yield* become(command)(handle.become(command));
}

/** What it says about the file that it is about to change depends on how that is. */
function linesFor({ log, touches }: EntrypointFile, handle: ProcessHandle): readonly LogFile[] | undefined {
  if (touches === undefined) return log;
  const missing = handle.read(touches) === undefined;
  const state = missing ? 'missing' : handle.writeError(touches) ? 'closed' : 'open';
  return log?.filter((line) => typeof line === 'string' || line.if === undefined || line.if === state);
}
