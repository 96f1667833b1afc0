import type { Cluster } from '@/kubernetes/cluster';
import type { Process } from '@/kubernetes/network/kernel';
import { type ShellCommand, plain } from '../command';
import { jobOf } from '../background';

/**
 * `kill [-SIGNAL] PID…`, `kill %1`. On a node a container's first process can be signalled: it ends as its program
 * does on SIGTERM, or at once on SIGKILL, and the kubelet finds it gone. Its other processes cannot be ended alone.
 */
export const kill: ShellCommand = {
  ...plain((args, { session, scene, cluster, stderr }) => {
    const targets = args.filter((word, i) => !(word.startsWith('-') && i === 0) && !(args[i - 1] === '-s'));
    if (targets.length === 0) {
      stderr('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n');
      return 2;
    }
    let code = 0;
    for (const target of targets) {
      const job = target.startsWith('%')
        ? session.jobs.find((entry) => entry.number === Number(target.slice(1)))
        : jobOf(cluster, scene.kernel.host, Number(target));
      const process = scene.kernel.process(Number(target));
      if (job && !job.done) job.stop();
      else if (process && process.container === undefined) scene.kernel.exit(process.pid);
      else if (process?.container && !scene.pod && isFirst(cluster, scene.kernel.host, process)) {
        const runtime = cluster.runtimes.get(scene.kernel.host);
        if (kills(args[0])) runtime?.kill(process.container);
        else runtime?.signal(process.container);
      } else {
        const problem = process
          ? 'only the first process of a container can be ended here (or use kubectl delete)'
          : 'No such process';
        stderr(`${session.shell}: kill: (${target}) - ${problem}\n`);
        code = 1;
      }
    }
    return code;
  }),
  builtin: true,
};

/** `-9`, `-KILL`, `-SIGKILL`. */
function kills(signal = ''): boolean {
  return /^-(9|(SIG)?KILL)$/i.test(signal);
}

function isFirst(cluster: Cluster, host: string, process: Process): boolean {
  return cluster.runtimes.get(host)?.container(process.container ?? '')?.pid === process.pid;
}
