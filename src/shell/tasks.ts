import type { Timers } from '@/kubernetes/clock/clock';
import type { Task, Wait } from '@/kubernetes/clock/task';
import type { Cluster } from '@/kubernetes/cluster';
import type { Component } from '@/kubernetes/component';

/** A timer of the shell: a task may go on. */
interface Resume {
  readonly task: number;
}

/** A task that goes on beside everything else. */
export interface Started {
  /** Breaks it off, as a signal does; nobody is told that it ended. */
  stop(): void;
  /** Lets it go on now, whatever it waits for. */
  wake(): void;
}

interface Entry {
  readonly task: Task<unknown>;
  readonly ended: () => void;
  /** What it waits for: a timer, and the way to stop listening for writes. */
  waiting: { readonly timer?: number; readonly deaf?: () => void };
}

/** The tasks of all terminals of a cluster: jobs, and commands that somebody looks on at. They move as the clock does. */
export class Tasks implements Component<Resume> {
  readonly name = 'shell';
  readonly watches = [];
  private readonly entries = new Map<number, Entry>();
  private readonly timers: Timers<Resume>;
  private nextId = 1;

  constructor(private readonly cluster: Cluster) {
    this.timers = cluster.clock.timers(this.name);
  }

  start(): void {
    // Tasks begin one by one.
  }

  observe(): void {
    // Tasks that wait for a write listen for themselves.
  }

  fire({ task }: Resume): void {
    const entry = this.entries.get(task);
    if (!entry) return;
    entry.waiting = { deaf: entry.waiting.deaf };
    this.advance(task);
  }

  /** Runs a task up to its first wait at once, and on from there as what it waits for comes about. */
  begin<T>(task: Task<T>, ended: (value: T) => void): Started {
    const id = this.nextId++;
    let value: { readonly of: T } | undefined;
    function* kept(): Task<void> {
      value = { of: yield* task };
    }
    this.entries.set(id, { task: kept(), ended: () => value && ended(value.of), waiting: {} });
    this.advance(id);
    return {
      wake: () => this.advance(id),
      stop: () => {
        const entry = this.entries.get(id);
        if (!entry) return;
        this.entries.delete(id);
        this.rest(entry);
        entry.task.return(undefined);
      },
    };
  }

  private advance(id: number): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.rest(entry);
    const turn = entry.task.next();
    if (turn.done) {
      this.entries.delete(id);
      entry.ended();
    } else this.wait(id, entry, turn.value);
  }

  private wait(id: number, entry: Entry, { until, change }: Wait): void {
    const timer = until === undefined ? undefined : this.timers.at(until, { task: id });
    entry.waiting = { timer };
    if (!change) return;
    const deaf = this.cluster.store.watch(() => {
      this.rest(entry);
      entry.waiting = { timer: this.timers.after(0, { task: id }) };
    });
    entry.waiting = { timer, deaf };
  }

  /** Nothing of what it waited for may wake it any more. */
  private rest({ waiting }: Entry): void {
    if (waiting.timer !== undefined) this.timers.cancel(waiting.timer);
    waiting.deaf?.();
  }
}

const tasksOf = new WeakMap<Cluster, Tasks>();

/** The tasks of a cluster's terminals. */
export function tasksIn(cluster: Cluster): Tasks {
  const known = tasksOf.get(cluster);
  if (known) return known;
  const made = new Tasks(cluster);
  tasksOf.set(cluster, made);
  cluster.add(made);
  return made;
}
