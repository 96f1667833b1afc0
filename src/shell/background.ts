import type { Cluster } from '@/kubernetes/cluster';
import type { Task } from '@/kubernetes/clock/task';
import { HOST, type HostKernel } from '@/kubernetes/network/host';
import type { Node } from './language/syntax';
import { Stopped } from './leave';
import type { Job, Session } from './session';
import { type Started, tasksIn } from './tasks';

/** The background jobs of all terminals of a cluster, with the machines on which they run. */
class Jobs {
  private readonly entries: { readonly job: Job; readonly host: string }[] = [];

  constructor(private readonly cluster: Cluster) {}

  find(host: string, pid: number): Job | undefined {
    return this.entries.find((entry) => entry.host === host && entry.job.pid === pid)?.job;
  }

  begin(task: Task<number>, kernel: HostKernel, pid: number, number: number): Job {
    const end = (exitCode: number) => {
      if (job.done) return;
      Object.assign(job, { done: true, exitCode });
      kernel.exit(pid);
    };
    const running: { task?: Started } = {};
    const job: Job = {
      number,
      pid,
      done: false,
      exitCode: 0,
      stop: () => {
        running.task?.stop();
        end(143);
      },
    };
    this.entries.push({ job, host: kernel.host });
    running.task = tasksIn(this.cluster).begin(task, end);
    return job;
  }
}

const jobsOf = new WeakMap<Cluster, Jobs>();

/** Most jobs that may be begun at one moment of virtual time. */
const jobsAtOnce = 300;

/** Starts a task in the background of a terminal: `command &`. It runs at once up to its first wait. */
export function startJob(session: Session, name: string, make: (inside: Session) => Task<number>): Job {
  if (++session.budget.jobs > jobsAtOnce) throw new Stopped('fork: Resource temporarily unavailable');
  let jobs = jobsOf.get(session.cluster);
  if (!jobs) {
    jobs = new Jobs(session.cluster);
    jobsOf.set(session.cluster, jobs);
  }
  const { kernel, namespace, uid, process } = session.scene();
  const { pid } = kernel.spawn({
    namespace,
    // In a container it ends with the container's first process.
    pidNamespace: process?.pidNamespace ?? HOST,
    command: [name],
    comm: name.slice(0, 15),
    uid,
    capabilities: process?.capabilities ?? (uid === 0 ? ['NET_BIND_SERVICE'] : []),
  });
  session.lastBackgroundPid = pid;
  const inside = session.fork();
  inside.process = pid;
  inside.depth++;
  const job = jobs.begin(ended(make(inside)), kernel, pid, session.jobs.length + 1);
  session.jobs.push(job);
  return job;
}

/** A task that is stopped for what it takes ends alone. */
function* ended(task: Task<number>): Task<number> {
  try {
    return yield* task;
  } catch (problem) {
    if (problem instanceof Stopped) return problem.code;
    throw problem;
  }
}

/** The background job whose process this is. */
export function jobOf(cluster: Cluster, host: string, pid: number): Job | undefined {
  return jobsOf.get(cluster)?.find(host, pid);
}

/** What a background job's process is called. */
export function firstWord(node: Node): string {
  const first = node.kind === 'simple' ? node.words[0]?.[0] : undefined;
  return first?.kind === 'text' ? first.text : 'bash';
}
