import type { Millis } from '@/kubernetes/clock/clock';
import type { Task, Wait } from '@/kubernetes/clock/task';
import type { Cluster } from '@/kubernetes/cluster';

/** Something to start at a moment of virtual time. */
export interface Start<T> {
  readonly at: Millis;
  /** From the call of the command until it does anything; `at` has it in it. */
  readonly lead?: Millis;
  run(): Task<T>;
}

/** How a task ended, and when. */
export interface Finished<T> {
  readonly value: T;
  readonly began: Millis;
  readonly ended: Millis;
}

interface Running<T> {
  readonly index: number;
  readonly began: Millis;
  readonly task: Task<T>;
  wait: Wait;
  /** The cluster's revision when the task began to wait. */
  seen: number;
}

/**
 * Runs tasks on one cluster, each started at its own time: `at once` whether or not the ones before have ended, as in
 * several terminals; `in turn` not before the last one has ended, as a script does. Returns their results in the order
 * of `starts`, which must be sorted by time.
 */
export function runAll<T>(
  cluster: Cluster,
  starts: readonly Start<T>[],
  manner: 'at once' | 'in turn' = 'at once',
): Finished<T>[] {
  const finished: Finished<T>[] = [];
  let running: Running<T>[] = [];
  let next = 0;
  let lastEnd = -Infinity;

  const resume = (entry: Running<T>): boolean => {
    const turn = entry.task.next();
    if (turn.done) {
      lastEnd = cluster.clock.now;
      finished[entry.index] = { value: turn.value, began: entry.began, ended: cluster.clock.now };
      return false;
    }
    entry.wait = turn.value;
    entry.seen = cluster.revisions.current;
    return true;
  };
  const isDue = ({ wait, seen }: Running<T>): boolean =>
    (wait.until !== undefined && wait.until <= cluster.clock.now) ||
    (wait.change === true && cluster.revisions.current !== seen);

  while (next < starts.length || running.length > 0) {
    running = running.filter((entry) => !isDue(entry) || resume(entry));
    if (running.some(isDue)) continue;
    const start = manner === 'in turn' && running.length > 0 ? undefined : starts[next];
    const at = manner === 'in turn' ? Math.max(start?.at ?? Infinity, lastEnd + (start?.lead ?? 0)) : start?.at;
    const timer = cluster.clock.nextAt() ?? Infinity;
    const until = Math.min(...running.map((entry) => entry.wait.until ?? Infinity));
    const moment = Math.min(timer, until, at ?? Infinity);
    if (moment === Infinity) break;
    if (timer === moment) cluster.step();
    else if (until === moment) cluster.clock.moveTo(moment);
    else if (start) {
      cluster.clock.moveTo(moment);
      const entry = { index: next++, began: cluster.clock.now, task: start.run(), wait: {}, seen: 0 };
      if (resume(entry)) running.push(entry);
    }
  }
  return finished;
}
