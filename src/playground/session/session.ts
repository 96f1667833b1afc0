import type { Completion } from '../complete/complete-line';
import type { Action, Outcome } from './action';
import type { Engine } from './engine';
import { type Goal, goalsMet } from './goals';
import type { View } from './view';

/** One thing the reader did, and all that came of it. */
export interface Entry {
  readonly action: Action;
  readonly outcome: Outcome;
}

/** What the views are functions of: everything done so far, and the cluster as it stands now. Plain data. */
export interface Snapshot {
  readonly entries: readonly Entry[];
  readonly view: View;
  /** How many actions can be done again. */
  readonly undone: number;
}

/**
 * The page's only way to the cluster. It is asynchronous, so that the engine may live in the page or in a worker, and
 * it keeps the list of actions: the cluster is deterministic, so undo is the list cut short and played again.
 */
export class Session {
  private engine: Engine;
  private entries: readonly Entry[];
  /** What was taken back, the latest last. Doing something else forgets it. */
  private undone: readonly Action[] = [];
  private snapshot: Snapshot;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<(snapshot: Snapshot) => void>();

  /** `create` makes a fresh engine; `actions` have been done before the reader comes. */
  constructor(
    private readonly create: () => Engine,
    actions: readonly Action[] = [],
  ) {
    this.engine = create();
    this.entries = this.play(actions);
    this.snapshot = { entries: this.entries, view: this.engine.view(), undone: this.undone.length };
  }

  /** Does one thing; resolves with what came of it. Actions are done one after the other. */
  act(action: Action): Promise<Outcome> {
    return this.inTurn(() => {
      const outcome = this.engine.perform(action);
      this.undone = [];
      const last = this.entries.at(-1);
      // Time that runs by itself is one action that grows, not hundreds.
      const grown = last && grow(last.action, action);
      this.entries = grown
        ? [...this.entries.slice(0, -1), { action: grown, outcome: { ...outcome, from: last.outcome.from } }]
        : [...this.entries, { action, outcome }];
      return outcome;
    });
  }

  /** Takes the last action back; resolves with it, or undefined when there was none. */
  undo(): Promise<Action | undefined> {
    return this.inTurn(() => {
      const last = this.entries.at(-1);
      if (!last) return undefined;
      const kept = this.entries.slice(0, -1).map((entry) => entry.action);
      this.engine = this.create();
      this.entries = this.play(kept);
      this.undone = [...this.undone, last.action];
      return last.action;
    });
  }

  /** Does again what was taken back last; resolves with it, or undefined when there is nothing. */
  redo(): Promise<Action | undefined> {
    return this.inTurn(() => {
      const action = this.undone.at(-1);
      if (!action) return undefined;
      this.undone = this.undone.slice(0, -1);
      this.entries = [...this.entries, { action, outcome: this.engine.perform(action) }];
      return action;
    });
  }

  /** Begins again with a fresh engine, and does `actions` in it. */
  restart(actions: readonly Action[] = []): Promise<void> {
    return this.inTurn(() => {
      this.engine = this.create();
      this.undone = [];
      this.entries = this.play(actions);
    });
  }

  /** Which goals hold. They are tried on a copy: looking changes nothing. */
  judge(goals: readonly Goal[]): Promise<boolean[]> {
    return this.inTurn(() => {
      const copy = this.create();
      for (const { action } of this.entries) copy.perform(action);
      return goalsMet(copy, goals);
    });
  }

  /** Completes the last word of a line that is typed at a place. */
  complete(place: string, line: string): Promise<Completion> {
    return this.inTurn(() => this.engine.complete(place, line));
  }

  read(): Snapshot {
    return this.snapshot;
  }

  /** Calls `listener` after every change; returns the way to stop. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private play(actions: readonly Action[]): Entry[] {
    const entries = actions.map((action) => ({ action, outcome: this.engine.perform(action) }));
    // A moment that was reached already is nothing that anybody did.
    return entries.filter(({ action, outcome }) => action.kind !== 'reach' || outcome.to > outcome.from);
  }

  private inTurn<T>(work: () => T): Promise<T> {
    const done = this.queue.then(() => {
      const before = this.entries;
      const result = work();
      if (this.entries === before) return result;
      this.snapshot = { entries: this.entries, view: this.engine.view(), undone: this.undone.length };
      for (const listener of this.listeners) listener(this.snapshot);
      return result;
    });
    this.queue = done.catch(() => undefined);
    return done;
  }
}

function grow(last: Action, next: Action): Action | undefined {
  if (last.kind !== 'advance' || next.kind !== 'advance' || !last.running || !next.running) return undefined;
  return { ...last, by: last.by + next.by };
}
