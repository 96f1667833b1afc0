import type { Millis } from '@/kubernetes/clock/clock';
import type { Task } from '@/kubernetes/clock/task';
import { HOST } from '@/kubernetes/network/host';
import { hostMounts, mountOf } from '@/kubernetes/runtime/host-mounts';
import type { Usage } from '@/kubernetes/runtime/usage';
import type { ShellContext } from '../command';
import { resolvePath } from '../path';

/** What memory and disks are filled with, in bytes a millisecond: a gigabyte a second. */
export const pace = 1_000_000;

/** What is counted of the node on which a terminal is; undefined outside of the cluster, where nothing is. */
export function usageOf({ cluster, scene }: ShellContext): Usage | undefined {
  return cluster.runtimes.get(scene.kernel.host)?.usage;
}

/**
 * Makes a file of so many zeros where there is room for them, and for as many as there is room for where there is not.
 * Returns how many there are; a text is what is not simulated.
 */
export function fill(context: ShellContext, path: string, bytes: number): number | string {
  const { files, scene, session } = context;
  const usage = usageOf(context);
  if (!usage || !files.reserve) return 'how full the disk of this machine is is not simulated';
  if (scene.pod) {
    const at = resolvePath(session.cwd, path);
    const volume = mountOf(hostMounts(scene.pod, nameOf(context)), at)
      ?.host.split('/')
      .at(-1);
    const inMemory = scene.pod.spec.volumes?.some(
      ({ name, emptyDir }) => name === volume && emptyDir?.medium === 'Memory',
    );
    if (inMemory || at.startsWith('/dev/shm/')) return 'files that lie in memory are not counted';
  }
  files.reserve(path, 0);
  const room = Math.min(bytes, Math.floor(usage.disk().available / 4096) * 4096);
  files.reserve(path, room);
  return room;
}

/** The container in which a terminal is. */
function nameOf({ cluster, scene }: ShellContext): string {
  return cluster.runtimes.get(scene.kernel.host)?.container(scene.process?.container ?? '')?.name ?? '';
}

/** Whether a command is what its container was started for, and so its first process. */
function isFirst({ scene }: ShellContext, name: string): boolean {
  const [program = '', ...args] = scene.process?.command ?? [];
  const base = program.replace(/^.*\//, '');
  const line = args[0] === '-c' ? (args[1] ?? '').trim() : '';
  return base === name || (new RegExp(`^(?:exec )?${name}\\b`).test(line) && !/[;&|\n]/.test(line));
}

/** A process of the place that stands for a command, and what ends it with the command. */
export function processFor(context: ShellContext, name: string): { readonly pid: number; end(): void } {
  const { scene, session } = context;
  const { kernel, namespace, uid, process } = scene;
  const own = session.process ?? (process && isFirst(context, name) ? process.pid : undefined);
  if (own !== undefined && kernel.process(own)) return { pid: own, end: () => kernel.takeMemory(own, 0) };
  return fork(context, { namespace, pidNamespace: process?.pidNamespace ?? HOST, uid }, name);
}

/** Another process beside that of the command. */
export function fork(
  { scene: { kernel, process } }: ShellContext,
  of: { readonly namespace: string; readonly pidNamespace: string; readonly uid: number },
  name: string,
  parent = process?.pid,
): { readonly pid: number; end(): void } {
  const { container, owner, capabilities = [] } = process ?? {};
  const { pid } = kernel.spawn({ ...of, parent, container, owner, capabilities, command: [name], comm: name });
  return { pid, end: () => kernel.exit(pid) };
}

/** Takes memory bit by bit; false when the kernel has killed the process for it. */
export function* grow(context: ShellContext, pid: number, bytes: number): Task<boolean> {
  const { cluster, scene } = context;
  const usage = usageOf(context);
  const step = 64_000_000;
  for (let held = 0; held < bytes;) {
    const more = Math.min(step, bytes - held);
    yield { until: cluster.clock.now + Math.ceil(more / pace) };
    if (!scene.kernel.process(pid)) return false;
    held += more;
    if (!usage?.take(pid, held)) return false;
  }
  return true;
}

/** Waits, for ever without `until`, as long as a process is there; false when it is not any more. */
export function* alive({ cluster, scene }: ShellContext, pid: number, until?: Millis): Task<boolean> {
  while (scene.kernel.process(pid)) {
    if (until !== undefined && cluster.clock.now >= until) return true;
    yield until === undefined ? { change: true } : { until, change: true };
  }
  return false;
}
