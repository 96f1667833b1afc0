import type { ServerFile } from '../../image';
import type { ProcessHandle } from '../../process';
import type { WriteError } from '../../write-rights';
import type { Configuration } from './configuration';
import { writeError } from './error-log';

const errors: Readonly<Record<WriteError, string>> = {
  EACCES: '13: Permission denied',
  EROFS: '30: Read-only file system',
};

/** What a user who is not root is told of the directive `user`. Upstream: src/core/nginx.c `ngx_set_user`. */
export function warningOfUser(handle: ProcessHandle, { main }: Configuration): string | undefined {
  const user = main.find(({ name }) => name === 'user');
  return user && handle.process.uid !== 0
    ? 'the "user" directive makes sense only if the master process runs with super-user privileges, ignored in ' +
        user.place
    : undefined;
}

/** Why the first folder for what clients send cannot be made or given away. Upstream: src/core/ngx_file.c `ngx_create_paths`. */
export function folderProblem({ makes, workers }: ServerFile, handle: ProcessHandle): string | undefined {
  if (makes === undefined) return undefined;
  const error = handle.writeError(makes);
  if (error) return `mkdir() "${makes}" failed (${errors[error]})`;
  const { uid, capabilities } = handle.process;
  if (uid !== 0 || workers?.uid === undefined || capabilities.includes('CHOWN')) return undefined;
  return `chown("${makes}", ${workers.uid}) failed (1: Operation not permitted)`;
}

/** Why its number cannot be written down. Upstream: src/core/ngx_cycle.c `ngx_create_pidfile`. */
export function pidFileProblem(handle: ProcessHandle, { main }: Configuration): string | undefined {
  const path = main.find(({ name }) => name === 'pid')?.args[0] ?? '/run/nginx.pid';
  const error = handle.writeError(path);
  return error && `open() "${path}" failed (${errors[error]})`;
}

/** Notes what it cannot start without, in its log and where it was called, and gives its exit code. */
export function giveUp(handle: ProcessHandle, problem: string): number {
  writeError(handle, 'emerg', problem);
  handle.write('stderr', `nginx: [emerg] ${problem}\n`);
  return 1;
}
