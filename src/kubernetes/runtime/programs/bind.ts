import type { Task } from '../../clock/task';
import type { BindError, ListenOptions } from '../../network/kernel';
import type { ServerFile } from '../image';
import { pause, type ProcessHandle } from '../process';
import { type Table, times, type Values } from '../template';
import { writeLines } from './lines';

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
