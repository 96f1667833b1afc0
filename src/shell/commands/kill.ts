import { type ShellCommand, plain } from '../command';
import { jobOf } from '../background';

/** `kill [-SIGNAL] PID…`, `kill %1`. A container's processes are ended by their runtime, not from here. */
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
      else {
        const problem = process ? 'its container is not ended from here (use kubectl delete)' : 'No such process';
        stderr(`${session.shell}: kill: (${target}) - ${problem}\n`);
        code = 1;
      }
    }
    return code;
  }),
  builtin: true,
};
