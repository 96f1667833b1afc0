import type { Task } from '../../clock/task';
import type { BindError, ListenOptions, Process } from '../../network/kernel';
import type { ListenFile, ServerFile } from '../image';
import { diesOfSigterm, pause, type ProcessHandle, type Program } from '../process';
import { readSettings } from '../settings';
import { fill, type Table, times, type Values } from '../template';
import { answers } from './http';
import { writeLines } from './lines';
import { control, isControl } from './nginx/control';
import { nginx } from './nginx/nginx';

/** A program that binds, answers, and ends when it is told to: everything about it comes from its image file. */
export function server(name: string, file: ServerFile): Program {
  return function* run(handle: ProcessHandle): Task<number> {
    if (file.configuration !== undefined && isControl(handle.argv)) return yield* control(handle, file.configuration);
    const settings = readSettings(file.settings ?? {}, handle.argv, handle.environment);
    if (file.comm ?? file.title) handle.rename(file.comm ?? name, file.title ? [file.title] : handle.argv);
    const own: Record<string, string> = { ...settings, ...handle.image.variables, ...machine(handle) };
    const values = (at: ProcessHandle): Values[] => [own, times(at.date)];
    yield* pause(handle, handle.now + (file.startup ?? 25));
    yield* writeLines(handle, file.before, values);
    if (file.configuration !== undefined) return yield* nginx(name, file, handle, own);
    const wanted = (file.listens ?? []).map((listen) => listenOptions(listen, handle, file, own));
    const refused = yield* bindAll(handle, file, own, wanted);
    if (typeof refused === 'number') return refused;
    nameWorkers(own, forkWorkers(name, file, handle));
    yield* writeLines(handle, file.log, values);
    while ((yield* pause(handle)) === 'SIGHUP') {
      handle.takeSignal();
      if (diesOfSigterm(handle.process)) return 129;
    }
    yield* writeLines(handle, file.stop?.log, values);
    yield* pauseThrough(handle, file.stop?.after ?? 40);
    return file.stop?.exitCode ?? 0;
  };
}

/** A socket that a program wants, and how it calls it. */
export interface Wanted {
  readonly options: ListenOptions;
  readonly endpoint: string;
}

/** Tries to bind every address; returns the sockets, or an exit code when the program gives up. */
export function* bindAll(
  handle: ProcessHandle,
  file: ServerFile,
  own: Table,
  wanted: readonly Wanted[],
): Task<number | number[]> {
  const failure = file.bindFailure;
  const bound: number[] = [];
  const began = handle.date;
  const values = (at: ProcessHandle): Values[] => [own, times(failure?.clockStands ? began : at.date)];
  for (let round = 1; ; round++) {
    let refused = 0;
    for (const { options, endpoint } of wanted) {
      const socket = handle.listen(options);
      if (typeof socket !== 'string') {
        bound.push(socket.id);
        continue;
      }
      refused++;
      const about: Table = { endpoint, ...errorTexts(socket, handle) };
      yield* writeLines(handle, failure?.each, (at) => [about, ...values(at)]);
      if (!failure?.triesAll) break;
    }
    if (refused === 0) return bound;
    for (const socket of bound.splice(0)) handle.close(socket);
    yield* writeLines(handle, failure?.afterRound, values);
    yield* pause(handle, handle.now + (failure?.interval ?? 0));
    if (handle.pendingSignal()) return failure?.exitCode ?? 1;
    if (round >= (failure?.rounds ?? 1)) break;
  }
  yield* writeLines(handle, failure?.finally, values);
  return failure?.exitCode ?? 1;
}

function listenOptions(listen: ListenFile, handle: ProcessHandle, file: ServerFile, own: Table): Wanted {
  const asked = fill(listen.address, own);
  const port = Number(fill(listen.port, own));
  const protocol = protocolOf(fill(listen.protocol ?? 'tcp', own));
  // Go: a wildcard becomes one socket for both families (net/ipsock_posix.go `favoriteAddrFamily`).
  const wildcard = listen.style === 'go' && (asked === '' || asked === '0.0.0.0' || asked === '::');
  const options: ListenOptions = {
    protocol,
    address: wildcard ? '::' : asked === '' ? '0.0.0.0' : asked,
    port,
    v6only: listen.v6only ?? false,
    reusePort: listen.reusePort ?? false,
    backlog: listen.backlog,
    app: answers(handle, file, own),
  };
  const endpoint = `${asked.includes(':') ? `[${asked}]` : asked}:${port}`;
  return { options, endpoint };
}

function protocolOf(text: string): 'TCP' | 'UDP' | 'SCTP' {
  const upper = text.toUpperCase();
  return upper === 'UDP' || upper === 'SCTP' ? upper : 'TCP';
}

const errors: Record<BindError, { errno: string; glibc: string; musl: string; go: string }> = {
  EADDRINUSE: { errno: '98', glibc: 'Address already in use', musl: 'Address in use', go: 'address already in use' },
  EACCES: { errno: '13', glibc: 'Permission denied', musl: 'Permission denied', go: 'permission denied' },
  EADDRNOTAVAIL: {
    errno: '99',
    glibc: 'Cannot assign requested address',
    musl: 'Address not available',
    go: 'cannot assign requested address',
  },
};

/** The error as the C library (or Go) of the image words it. `libc` is a variable of the image. */
function errorTexts(error: BindError, handle: ProcessHandle): Table {
  const text = errors[error];
  const libc = handle.image.variables.libc;
  return { errno: text.errno, error: libc === 'musl' ? text.musl : libc === 'go' ? text.go : text.glibc, code: error };
}

function machine(handle: ProcessHandle): Table {
  const { process, hostname, kernelVersion, memoryBytes } = handle;
  const memoryTotal = memoryTexts.get(memoryBytes) ?? memoryBytes.toExponential(10).replace(/e\+(\d)$/, 'e+0$1');
  memoryTexts.set(memoryBytes, memoryTotal);
  return { pid: String(process.innerPid), hostname, kernel: kernelVersion, memoryTotal };
}

/** Machines have few sizes, and programs begin again and again. */
const memoryTexts = new Map<number, string>();

/** Forks the workers. */
export function forkWorkers(name: string, file: ServerFile, handle: ProcessHandle): Process[] {
  const count = file.workers?.count === 'cpus' ? handle.cpus : (file.workers?.count ?? 0);
  const { comm = name, title = name, uid } = file.workers ?? {};
  return Array.from({ length: count }, () => handle.fork({ comm, title, uid }));
}

/** The PIDs of the workers as `${worker1}`, `${worker2}` … */
export function nameWorkers(own: Record<string, string>, workers: readonly Process[]): void {
  for (const [i, { innerPid }] of workers.entries()) own[`worker${i + 1}`] = String(innerPid);
}

/** Time that passes although a signal has come. */
export function* pauseThrough(handle: ProcessHandle, duration: number): Task<void> {
  const until = handle.now + duration;
  while (handle.now < until) yield { until };
}
