import { MemoryFiles } from '@/course/memory-files';
import type { Cluster } from '@/kubernetes/cluster';
import type { Task } from '@/kubernetes/clock/task';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session as ShellSession } from '@/shell/session';
import { type Completion, completeLine } from '../complete/complete-line';
import { vocabularyOf } from '../complete/vocabulary';
import type { Outcome } from './action';

/** The most cluster time that one command may take, and that one may spend waiting for changes that never end. */
const longest = 3 * 3_600_000;
const watching = 60_000;

/** The terminals of a page: one for every place, each with its folder, its variables and its history. */
export class Terminals {
  private readonly files: MemoryFiles;
  private readonly sessions = new Map<string, ShellSession>();

  /** `files` lie ready in the working folder of the client. */
  constructor(
    private readonly cluster: Cluster,
    files: Readonly<Record<string, string>>,
  ) {
    this.files = new MemoryFiles(files);
  }

  /** Saves a file in the client's folder. */
  write(name: string, text: string): void {
    this.files.write(name, text.endsWith('\n') ? text : `${text}\n`);
  }

  /** Runs a line at a place; cluster time passes as the commands ask for it. */
  run(place: string, line: string): Pick<Outcome, 'place' | 'line' | 'output' | 'exitCode'> {
    const output: { stream: 'stdout' | 'stderr'; text: string }[] = [];
    const write = (stream: 'stdout' | 'stderr') => (text: string) => {
      const last = output.at(-1);
      if (last?.stream === stream) last.text += text;
      else output.push({ stream, text });
    };
    const task = runLine(this.at(place), line, { stdout: write('stdout'), stderr: write('stderr') });
    const result = this.cluster.run(bounded(task, this.cluster));
    if (result === undefined) write('stderr')('^C\n');
    return { place, line, output, exitCode: result?.exitCode ?? 130 };
  }

  /** Completes the last word of a line that is typed at a place. */
  complete(place: string, line: string): Completion {
    const files = place === 'client' ? (this.files.list('') ?? []) : [];
    return completeLine(line, vocabularyOf(this.cluster, files));
  }

  private at(place: string): ShellSession {
    const open = this.sessions.get(place);
    if (open) return open;
    const where = parsePlace(place, this.cluster.network.machineNames);
    const files = place === 'client' ? { files: this.files } : {};
    const session = new ShellSession(this.cluster, where, { ...files, terminal: true });
    this.sessions.set(place, session);
    return session;
  }
}

/** A task that is broken off, as with Ctrl-C, when it takes too long; undefined then. */
function* bounded<T>(task: Task<T>, cluster: Cluster): Task<T | undefined> {
  const start = cluster.clock.now;
  for (let turn = task.next(); ; turn = task.next()) {
    if (turn.done) return turn.value;
    const limit = start + (turn.value.until === undefined ? watching : longest);
    if (cluster.clock.now >= limit) return undefined;
    yield { ...turn.value, until: Math.min(turn.value.until ?? limit, limit) };
  }
}
