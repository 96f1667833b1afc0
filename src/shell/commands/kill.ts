import type { Cluster } from '@/kubernetes/cluster';
import type { Process } from '@/kubernetes/network/kernel';
import { diesOfSigterm, type Signal } from '@/kubernetes/runtime/process';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { jobOf } from '../background';
import { processesAt } from '../proc/processes';

/**
 * `kill [-SIGNAL] PID…`, `kill %1`. A container's first process can be signalled, from its node and from inside of it:
 * its program does what it does on that signal, or ends at once on SIGKILL, and the kubelet finds it gone. Its other
 * processes cannot be ended alone.
 */
export const kill: ShellCommand = {
  ...plain((args, context) => {
    const { session, scene, cluster, stderr } = context;
    const targets = args.filter((word, i) => !(word.startsWith('-') && i === 0) && !(args[i - 1] === '-s'));
    if (targets.length === 0) {
      stderr('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n');
      return 2;
    }
    const asked = args[0] === '-s' ? args[1] : args[0]?.startsWith('-') ? args[0].slice(1) : 'TERM';
    let code = 0;
    for (const target of targets) {
      const job = target.startsWith('%')
        ? session.jobs.find((entry) => entry.number === Number(target.slice(1)))
        : jobOf(cluster, scene.kernel.host, Number(target));
      const process = processesAt(scene).find(({ pid }) => pid === Number(target))?.process;
      let problem: string | undefined;
      if (job && !job.done) job.stop();
      else if (!process) problem = 'No such process';
      // Where one is not the superuser, one's own processes alone: man 2 kill.
      else if (scene.uid !== 0 && scene.uid !== process.uid) problem = 'Operation not permitted';
      else if (process.container === undefined) scene.kernel.exit(process.pid);
      else if (isFirst(cluster, scene.kernel.host, process)) problem = signalFirst(asked, process, context);
      else problem = 'only the first process of a container can be ended here (or use kubectl delete)';
      if (problem === undefined) continue;
      stderr(`${session.shell}: kill: (${target}) - ${problem}\n`);
      code = 1;
    }
    return code;
  }),
  builtin: true,
};

const signals: Readonly<Record<string, Signal>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  9: 'SIGKILL',
  15: 'SIGTERM',
};

/** Sends a signal by its number or name; the text of what is wrong with it, or undefined. */
function signalFirst(asked = '', process: Process, { cluster, scene }: ShellContext): string | undefined {
  const container = process.container ?? '';
  if (asked === '0') return undefined;
  const name = `SIG${asked.toUpperCase().replace(/^SIG/, '')}`;
  const signal = signals[asked] ?? Object.values(signals).find((one) => one === name);
  if (!signal) return `the signal ${asked} is not simulated`;
  const runtime = cluster.runtimes.get(scene.kernel.host);
  // From inside its PID namespace nobody kills PID 1, not even with SIGKILL: man 7 pid_namespaces.
  if (signal !== 'SIGKILL') runtime?.signal(container, signal);
  else if (!scene.pod || diesOfSigterm(process)) runtime?.kill(container);
  return undefined;
}

function isFirst(cluster: Cluster, host: string, process: Process): boolean {
  return cluster.runtimes.get(host)?.container(process.container ?? '')?.pid === process.pid;
}
