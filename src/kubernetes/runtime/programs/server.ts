import type { Task } from '../../clock/task';
import type { ListenOptions } from '../../network/kernel';
import type { ListenFile, ServerFile } from '../image';
import { diesOfSigterm, pause, pauseThrough, type ProcessHandle, type Program } from '../process';
import { readSettings } from '../settings';
import { fill, type Table, times, type Values } from '../template';
import { bindAll, type Wanted } from './bind';
import { answers } from './http';
import { writeLines } from './lines';
import { control, isControl } from './nginx/control';
import { nginx } from './nginx/nginx';
import { forkWorkers, nameWorkers } from './workers';

/** A program that binds, answers, and ends when it is told to: everything about it comes from its image file. */
export function server(name: string, file: ServerFile): Program {
  return (handle) => serve(name, file, handle);
}

function* serve(name: string, file: ServerFile, handle: ProcessHandle): Task<number> {
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

function machine(handle: ProcessHandle): Table {
  const { process, hostname, kernelVersion, memoryBytes } = handle;
  const memoryTotal = memoryTexts.get(memoryBytes) ?? memoryBytes.toExponential(10).replace(/e\+(\d)$/, 'e+0$1');
  memoryTexts.set(memoryBytes, memoryTotal);
  return { pid: String(process.innerPid), hostname, kernel: kernelVersion, memoryTotal };
}

/** Machines have few sizes, and programs begin again and again. */
const memoryTexts = new Map<number, string>();
