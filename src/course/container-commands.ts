import type { Task } from '@/kubernetes/clock/task';
import type { Cluster } from '@/kubernetes/cluster';
import { diesOfSigterm, type ProcessHandle } from '@/kubernetes/runtime/process';
import { runWhole } from '@/shell/interpreter';
import { Input } from '@/shell/io';
import { PlaceGone } from '@/shell/scene';
import { Session } from '@/shell/session';
import { untilExit } from '@/shell/traps';

/** How often a script that waits for a change looks again, in milliseconds. */
const lookEvery = 100;
/** How long it waits for its container to be known to the API. */
const openFor = 5000;

/** Runs a container's own command with the shell: `sh -c '…'`, or a tool with its arguments. */
export function* runInContainer(cluster: Cluster, handle: ProcessHandle, argv: readonly string[]): Task<number> {
  const session = yield* openSession(cluster, handle);
  if (!session) return 137;
  const text = argv[1] === '-c' ? (argv[2] ?? '') : argv.map(quoted).join(' ');
  const io = {
    input: new Input(),
    stdout: (piece: string) => handle.write('stdout', piece),
    stderr: (piece: string) => handle.write('stderr', piece),
  };
  const task = untilExit(session.traps, text, (part) => runWhole(session, part, io));
  for (let turn = task.next(); ; turn = task.next()) {
    if (turn.done) return turn.value;
    const { until, change } = turn.value;
    const due = Math.min(until ?? Infinity, change ? handle.now + lookEvery : Infinity);
    while (handle.now < due) {
      const signal = handle.takeSignal()?.replace(/^SIG/, '');
      if (signal && !session.traps.take(signal) && diesOfSigterm(handle.process)) return 143;
      yield due === Infinity ? {} : { until: due };
    }
  }
}

/** The terminal inside the container, as soon as the API says that it runs. */
function* openSession(cluster: Cluster, handle: ProcessHandle): Task<Session | undefined> {
  const { namespace, pod, name } = handle.container;
  const end = handle.now + openFor;
  while (handle.now <= end) {
    try {
      return new Session(cluster, { kind: 'container', namespace, pod, container: name });
    } catch (problem) {
      if (!(problem instanceof PlaceGone)) throw problem;
      yield { until: handle.now + 20 };
    }
  }
  return undefined;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
