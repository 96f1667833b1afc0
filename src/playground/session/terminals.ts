import { MemoryFiles } from '@/course/memory-files';
import type { Cluster } from '@/kubernetes/cluster';
import type { Task } from '@/kubernetes/clock/task';
import { runLine } from '@/shell/interpreter';
import type { Journey } from '@/shell/net/journey';
import { parsePlace } from '@/shell/place';
import { PlaceGone } from '@/shell/scene';
import { Session as ShellSession } from '@/shell/session';
import { tasksIn } from '@/shell/tasks';
import { type Completion, completeLine } from '../complete/complete-line';
import { vocabularyOf } from '../complete/vocabulary';
import type { Outcome, Progress } from './action';
import { Foreground } from './foreground';
import { Transcript } from './transcript';

/** The most cluster time that one command may take, and that one may spend waiting for changes that never end. */
const longest = 3 * 3_600_000;
const watching = 60_000;

type Answer = Pick<Outcome, 'place' | 'line' | 'output' | 'exitCode' | 'command' | 'journeys'>;

/** The terminals of a page: one for every place, each with its folder, its variables and its history. */
export class Terminals {
  private readonly files: MemoryFiles;
  private readonly sessions = new Map<string, ShellSession>();
  /** The commands that go on, by place; and those of which something is still to be told. */
  private readonly running = new Map<string, Foreground>();
  private readonly untold = new Set<Foreground>();
  /** Who is told, by place, which ways packets go: the command that was begun there last. */
  private readonly listeners = new Map<string, Transcript>();
  private commands = 0;

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

  /** Runs a line at a place to its end; cluster time passes as the commands ask for it. */
  run(place: string, line: string): Answer {
    return this.unlessGone(place, line, () => this.runThrough(place, line));
  }

  /** Begins a line at a place. What does not end at once goes on as time passes. */
  begin(place: string, line: string): Answer {
    return this.unlessGone(place, line, () => this.beginAt(place, line));
  }

  private runThrough(place: string, line: string): Answer {
    const transcript = new Transcript();
    // Where a command goes on already, this one has a window of its own.
    const session = this.running.has(place) ? this.open(place) : this.at(place);
    this.listeners.set(place, transcript);
    const result = this.cluster.run(bounded(runLine(session, line, transcript), this.cluster));
    if (result === undefined) transcript.stderr('^C\n');
    const exitCode = result?.exitCode ?? 130;
    return { place, line, output: transcript.take(), exitCode, ...transcript.takeJourneys() };
  }

  private beginAt(place: string, line: string): Answer {
    this.interrupt(place);
    const command = ++this.commands;
    const foreground = new Foreground(command);
    const session = this.at(place);
    this.running.set(place, foreground);
    this.listeners.set(place, foreground.transcript);
    foreground.begin(tasksIn(this.cluster), runLine(session, line, foreground.transcript), () => {
      foreground.endedAt = this.cluster.clock.now;
      if (this.running.get(place) === foreground) this.running.delete(place);
    });
    const { exitCode } = foreground;
    if (exitCode === undefined) this.untold.add(foreground);
    const { transcript } = foreground;
    return { place, line, output: transcript.take(), exitCode, command, ...transcript.takeJourneys() };
  }

  /** Ctrl+C. */
  interrupt(place: string): void {
    const foreground = this.running.get(place);
    if (!foreground) return;
    this.running.delete(place);
    foreground.interrupt();
    foreground.endedAt = this.cluster.clock.now;
  }

  /** The text that a command at a place waits for is there. */
  edited(place: string, text: string): void {
    this.running.get(place)?.edited(text);
  }

  /** The texts that commands wait for: `kubectl edit`. */
  get asked(): { readonly place: string; readonly text: string }[] {
    return [...this.running].flatMap(([place, { asks }]) => (asks === undefined ? [] : [{ place, text: asks }]));
  }

  /** Where commands go on. */
  get busy(): string[] {
    return [...this.running.keys()];
  }

  /** What came of the commands that go on since this was last asked. `start`: the moment from which time is counted. */
  progress(start: number): Progress[] {
    return [...this.untold].map((foreground) => {
      const { command, exitCode, endedAt, transcript } = foreground;
      if (exitCode !== undefined) this.untold.delete(foreground);
      const to = (endedAt ?? this.cluster.clock.now) - start;
      return { command, exitCode, output: transcript.take(), to, ...transcript.takeJourneys() };
    });
  }

  /** Completes the last word of a line that is typed at a place. */
  complete(place: string, line: string): Completion {
    const files = place === 'client' ? (this.files.list('') ?? []) : [];
    return completeLine(line, vocabularyOf(this.cluster, files));
  }

  /** A link may name a place that this cluster does not have. */
  private unlessGone(place: string, line: string, work: () => Answer): Answer {
    try {
      return work();
    } catch (problem) {
      if (!(problem instanceof PlaceGone)) throw problem;
      return { place, line, output: [{ stream: 'stderr', text: `${problem.message}\n` }], exitCode: 1 };
    }
  }

  private at(place: string): ShellSession {
    const open = this.sessions.get(place);
    if (open) return open;
    const session = this.open(place);
    this.sessions.set(place, session);
    return session;
  }

  private open(place: string): ShellSession {
    const where = parsePlace(place, this.cluster.network.machineNames);
    const files = place === 'client' ? { files: this.files } : {};
    const edit = (text: string) => this.edit(place, text);
    const walked = (journey: Journey) => this.listeners.get(place)?.walked(journey);
    return new ShellSession(this.cluster, where, { ...files, terminal: true, edit, walked });
  }

  /** Nobody edits the texts of a command that is run to its end: they stay as they are. */
  private *edit(place: string, text: string): Task<string> {
    const foreground = this.running.get(place);
    return foreground ? yield* foreground.ask(text) : text;
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
