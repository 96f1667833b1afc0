import { simulate } from '@/course/simulation';
import type { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';
import type { Completion } from '../complete/complete-line';
import type { Action, Outcome } from './action';
import { Terminals } from './terminals';
import { type View, viewOf } from './view';

/** Where the editor's text is applied from. */
export const editorPlace = 'client';

/** A cluster and its terminals, moved by actions. The same world and actions give the same engine. */
export class Engine {
  readonly cluster: Cluster;
  private readonly terminals: Terminals;

  constructor(world: WorldFile, files: Readonly<Record<string, string>> = {}, seed = 1) {
    this.cluster = simulate(world, seed);
    this.terminals = new Terminals(this.cluster, files);
    // A cluster that one meets has been up for a moment: nodes are Ready, the machine's processes listen.
    this.cluster.advance(settling);
  }

  perform(action: Action): Outcome {
    const { clock } = this.cluster;
    const from = clock.now - settling;
    const done = this.carryOut(action);
    return { output: [], ...done, from, to: clock.now - settling };
  }

  view(): View {
    return viewOf(this.cluster, settling);
  }

  /** Completes the last word of a line that is typed at a place. Changes nothing. */
  complete(place: string, line: string): Completion {
    return this.terminals.complete(place, line);
  }

  private carryOut(action: Action): Omit<Outcome, 'from' | 'to' | 'output'> & Partial<Outcome> {
    switch (action.kind) {
      case 'run':
        for (const [name, text] of Object.entries(action.saved ?? {})) this.terminals.write(name, text);
        return this.terminals.run(action.place, action.line);
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
