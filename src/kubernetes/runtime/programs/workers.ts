import type { Process } from '../../network/kernel';
import type { ServerFile } from '../image';
import type { ProcessHandle } from '../process';

/** Forks the workers that an image's file tells of: they hold the program's sockets with it. */
export function forkWorkers(name: string, file: ServerFile, handle: ProcessHandle): Process[] {
  const count = file.workers?.count === 'cpus' ? handle.cpus : (file.workers?.count ?? 0);
  const { comm = name, title = name, uid } = file.workers ?? {};
  return Array.from({ length: count }, () => handle.fork({ comm, title, uid }));
}

/** The PIDs of the workers as `${worker1}`, `${worker2}` … */
export function nameWorkers(own: Record<string, string>, workers: readonly Process[]): void {
  for (const [i, { innerPid }] of workers.entries()) own[`worker${i + 1}`] = String(innerPid);
}
