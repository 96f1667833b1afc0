import { HOST } from '@/kubernetes/network/host';
import type { Process } from '@/kubernetes/network/kernel';
import type { Scene } from '../scene';
import { systemProcesses } from './system-processes';

/** A process as a place sees it. */
export interface SeenProcess {
  /** Its number in the place's PID namespace. */
  readonly pid: number;
  readonly parent: number;
  readonly uid: number;
  readonly comm: string;
  /** Its arguments; a thread of the kernel has one, in brackets. */
  readonly command: readonly string[];
  /** Undefined: one that every machine has. */
  readonly process?: Process;
}

/** The processes of a place's PID namespace, by number. */
export function processesAt({ kernel, process: own }: Pick<Scene, 'kernel' | 'process'>): SeenProcess[] {
  const namespace = own?.pidNamespace ?? HOST;
  const all = kernel.processes();
  if (namespace !== HOST) {
    const inside = all.filter((process) => process.pidNamespace === namespace);
    return inside.map((process) => {
      const parent = inside.find((other) => other.pid === process.parent)?.innerPid ?? 0;
      return { ...seen(process), pid: process.innerPid, parent };
    });
  }
  const system = systemProcesses.map(({ command, ...rest }) => ({ ...rest, uid: 0, command: [command] }));
  return [...system, ...all.map(seen).sort((a, b) => a.pid - b.pid)];
}

function seen(process: Process): SeenProcess {
  const { pid, parent, uid, comm, command } = process;
  return { pid, parent, uid, comm, command, process };
}
