import { simulate } from '@/course/simulation';
import type { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';
import type { Completion } from '../complete/complete-line';
import type { Action, Outcome, Progress } from './action';
import { type Happening, Happenings } from './happenings';
import { type Looked, type Target, lookAt } from './look';
import { Terminals } from './terminals';
import { type View, viewOf } from './view';
import { type PodWhy, whyPod } from '../why/pod-why';

/** Where the editor's text is applied from. */
export const editorPlace = 'client';

/** A cluster and its terminals, moved by actions. The same world and actions give the same engine. */
export class Engine {
  readonly cluster: Cluster;
  private readonly terminals: Terminals;
  private readonly happenings: Happenings;

  constructor(world: WorldFile, files: Readonly<Record<string, string>> = {}, seed = 1) {
    this.cluster = simulate(world, seed);
    this.terminals = new Terminals(this.cluster, files);
    // A cluster that one meets has been up for a moment: nodes are Ready, the machine's processes listen.
    this.cluster.advance(settling);
    this.happenings = new Happenings(this.cluster, settling);
  }

  perform(action: Action): Outcome {
    const { clock } = this.cluster;
    const from = clock.now - settling;
    const done = this.carryOut(action);
    return { output: [], ...done, from, to: clock.now - settling };
  }

  /** What came of the commands that go on, each time told once. */
  progress(): Progress[] {
    return this.terminals.progress(settling);
  }

  /** What happened in the cluster, each thing told once. */
  happened(): Happening[] {
    return this.happenings.take();
  }

  /** What the views show: now, or at a moment of the past (virtual milliseconds since the reader came). */
  view(at?: number): View {
    const { busy, asked } = this.terminals;
    if (at === undefined) return viewOf(this.cluster, settling, { busy, asked });
    return viewOf(this.cluster.asOf(at + settling), settling, { busy, asked });
  }

  /** One object: as kubectl tells it, now or at a moment of the past. */
  look(target: Target, at?: number): Looked {
    return lookAt(at === undefined ? this.cluster : this.cluster.asOf(at + settling), target);
  }

  /** Why a Pod (`namespace/name`) is as it is, now or at a moment of the past. */
  why(key: string, at?: number): PodWhy | undefined {
    return whyPod(at === undefined ? this.cluster : this.cluster.asOf(at + settling), key, settling);
  }

  /** Completes the last word of a line that is typed at a place. Changes nothing. */
  complete(place: string, line: string): Completion {
    return this.terminals.complete(place, line);
  }

  private carryOut(action: Action): Omit<Outcome, 'from' | 'to' | 'output'> & Partial<Outcome> {
    switch (action.kind) {
      case 'run':
        for (const [name, text] of Object.entries(action.saved ?? {})) this.terminals.write(name, text);
        return action.open
          ? this.terminals.begin(action.place, action.line)
          : this.terminals.run(action.place, action.line);
      case 'interrupt':
        this.terminals.interrupt(action.place);
        return {};
      case 'edited':
        this.terminals.edited(action.place, action.text);
        return {};
      case 'killed':
        return { ...action, output: [{ stream: 'stderr', text: '^C\n' }], exitCode: 137 };
      case 'apply':
        this.terminals.write(action.file, action.text);
        return this.terminals.run(editorPlace, `kubectl apply -f ${action.file}`);
      case 'advance':
        this.cluster.advance(action.by);
        return {};
      case 'reach':
        this.cluster.advanceTo(Math.max(this.cluster.clock.now, action.at + settling));
        return {};
      case 'next':
        this.toNextEvent();
        return {};
      case 'quiet':
        this.cluster.untilQuiet(15_000, longest);
        return {};
    }
  }

  /** Moves time to the next Event object or change of a Pod, at most an hour on. */
  private toNextEvent(): void {
    const { cluster } = this;
    const end = cluster.clock.now + longest;
    let seen = false;
    const stop = cluster.store.watch((event) => {
      seen ||= event.resource === 'events' || event.resource === 'pods';
    });
    for (let next = cluster.clock.nextAt(); !seen && next !== undefined && next <= end; next = cluster.clock.nextAt()) {
      cluster.step();
    }
    stop();
  }
}

const longest = 3_600_000;
const settling = 5_000;
