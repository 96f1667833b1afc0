import type { Cluster } from '@/kubernetes/cluster';
import type { Task, Wait } from '@/kubernetes/clock/task';
import type { Timers } from '@/kubernetes/clock/clock';
import type { Component } from '@/kubernetes/component';
import { HOST, type HostKernel } from '@/kubernetes/network/host';
import type { Job, Session } from './session';

/** A timer of the shell: a background job may go on. */
interface Resume {
  readonly job: number;
}

/** The background jobs of all terminals of a cluster. They move as the cluster's clock does. */
class Jobs implements Component<Resume> {
  readonly name = 'shell';
  readonly watches = [];
  private readonly running = new Map<number, Task<number>>();
  private readonly entries = new Map<number, { job: Job; host: string; kernel: HostKernel }>();
  private readonly timers: Timers<Resume>;
  private nextId = 1;

  constructor(private readonly cluster: Cluster) {
    this.timers = cluster.clock.timers(this.name);
  }

  start(): void {
    // Jobs begin one by one.
  }

  observe(): void {
    // Jobs that wait for a write subscribe for themselves.
  }

  fire({ job }: Resume): void {
    this.advance(job);
  }

  find(host: string, pid: number): Job | undefined {
    for (const entry of this.entries.values()) if (entry.host === host && entry.job.pid === pid) return entry.job;
    return undefined;
  }

  begin(task: Task<number>, kernel: HostKernel, pid: number, number: number): Job {
    const id = this.nextId++;
    const job: Job = {
      number,
      pid,
      done: false,
      exitCode: 0,
      stop: () => {
        if (job.done) return;
        task.return(143);
        this.end(id, 143);
      },
    };
    this.running.set(id, task);
    this.entries.set(id, { job, host: kernel.host, kernel });
    this.advance(id);
    return job;
  }

  private advance(id: number): void {
    const task = this.running.get(id);
    if (!task) return;
    const turn = task.next();
    if (turn.done) this.end(id, turn.value);
    else this.wait(id, turn.value);
  }

  private wait(id: number, { until, change }: Wait): void {
    const timer = until === undefined ? undefined : this.timers.at(until, { job: id });
    if (!change) return;
    const unsubscribe = this.cluster.store.watch(() => {
      unsubscribe();
      if (timer !== undefined) this.timers.cancel(timer);
      this.timers.after(0, { job: id });
    });
  }

  private end(id: number, exitCode: number): void {
    this.running.delete(id);
    const entry = this.entries.get(id);
    if (!entry || entry.job.done) return;
    Object.assign(entry.job, { done: true, exitCode });
    entry.kernel.exit(entry.job.pid);
  }
}

const jobsOf = new WeakMap<Cluster, Jobs>();

/** Starts a task in the background of a terminal: `command &`. It runs at once up to its first wait. */
export function startJob(session: Session, name: string, make: (inside: Session) => Task<number>): Job {
  let jobs = jobsOf.get(session.cluster);
  if (!jobs) {
    jobs = new Jobs(session.cluster);
    jobsOf.set(session.cluster, jobs);
    session.cluster.add(jobs);
  }
  const { kernel, namespace, uid } = session.scene();
  const { pid } = kernel.spawn({
    namespace,
    pidNamespace: HOST,
    command: [name],
    comm: name.slice(0, 15),
    uid,
    capabilities: uid === 0 ? ['NET_BIND_SERVICE'] : [],
  });
  session.lastBackgroundPid = pid;
  const inside = session.fork();
  inside.process = pid;
  const job = jobs.begin(make(inside), kernel, pid, session.jobs.length + 1);
  session.jobs.push(job);
  return job;
}

/** The background job whose process this is. */
export function jobOf(cluster: Cluster, host: string, pid: number): Job | undefined {
  return jobsOf.get(cluster)?.find(host, pid);
}
