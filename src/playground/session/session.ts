import type { Completion } from '../complete/complete-line';
import type { Action, Outcome } from './action';
import { type Group, cutAt, takeBack } from './cut';
import { type Delta, patched } from './delta';
import { type EngineHost, EngineLost, openHost } from './engine-host';
import type { Recipe, Told } from './engine-room';
import type { Goal } from './goals';
import type { Happening } from './happenings';
import type { PodWhy } from '../why/pod-why';
import type { Looked, Target } from './look';
import { type Entry, progressed } from './play';
import { emptyView } from './empty-view';
import type { View } from './view';

export type { Entry } from './play';

/** What the views are functions of: everything done so far, and the cluster as it stands now. Plain data. */
export interface Snapshot {
  readonly entries: readonly Entry[];
  readonly view: View;
  /** Everything that happened, in order. */
  readonly happened: readonly Happening[];
  /** How many steps can be done again. */
  readonly undone: number;
}

/** Milliseconds of the reader's time after which an answer is said to be long in coming. */
const patience = 1_000;

/**
 * The page's only way to the cluster. The engine lives elsewhere, in a worker as a rule; the list of actions lives here.
 * The cluster is deterministic, so undo is the list cut short and played again, and an engine that is lost is made anew.
 */
export class Session {
  private host: EngineHost | undefined;
  private stopped = false;
  private entries: readonly Entry[] = [];
  private happened: readonly Happening[] = [];
  /** What was taken back, the latest last. Doing something else forgets it. */
  private undone: readonly Group[] = [];
  private snapshot: Snapshot;
  /** The view that the engine told last, of now or of the past. */
  private seen: View = emptyView;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<(snapshot: Snapshot) => void>();
  private readonly slowListeners = new Set<(slow: boolean) => void>();

  /** `recipe` says what a fresh engine is made from; `actions` have been done before the reader comes. */
  constructor(
    private readonly recipe: () => Recipe,
    private readonly first: readonly Action[] = [],
    view: View = emptyView,
    private readonly makeHost: () => EngineHost = openHost,
  ) {
    this.snapshot = { entries: [], view, happened: [], undone: 0 };
  }

  /** Resolves when everything that was asked so far is done; the first time, this is what makes the engine. */
  ready(): Promise<void> {
    return this.inTurn(async (host) => void (await host()));
  }

  /** Does one thing; resolves with what came of it. Actions are done one after the other. */
  act(action: Action): Promise<Outcome> {
    return this.inTurn(async (host) => {
      const outcome = await this.perform(await host(), action);
      this.undone = [];
      return outcome;
    }, action);
  }

  /** Takes the last action back; resolves with it, or undefined when there was none. */
  undo(): Promise<Action | undefined> {
    return this.inTurn(async (host) => {
      await host();
      if (this.entries.length === 0) return undefined;
      const { kept, group } = takeBack(this.entries);
      await this.open(kept.map((entry) => entry.action));
      this.undone = [...this.undone, group];
      return group[0];
    });
  }

  /** Does again what was taken back last; resolves with it, or undefined when there is nothing. */
  redo(): Promise<Action | undefined> {
    return this.inTurn(async (host) => {
      const group = this.undone.at(-1);
      if (!group) return undefined;
      this.undone = this.undone.slice(0, -1);
      for (const action of group) await this.perform(await host(), action);
      return group.find(({ kind }) => kind !== 'reach') ?? group[0];
    });
  }

  /** Goes on from a moment of the past; what was done later can be done again. */
  continueFrom(at: number): Promise<void> {
    return this.inTurn(async (host) => {
      await host();
      const { kept, later } = cutAt(this.entries, at);
      await this.open(kept);
      this.undone = [...this.undone, ...[...later].reverse()];
    });
  }

  /** Begins again with a fresh engine, and does `actions` in it. */
  restart(actions: readonly Action[] = []): Promise<void> {
    return this.inTurn(async () => {
      await this.open(actions);
      this.undone = [];
    });
  }

  /** The cluster as it stood at a moment of the past, to be looked at. */
  viewAt(at: number): Promise<View> {
    return this.inTurn(async (host) => this.see(await (await host()).ask('view', at)));
  }

  /** What kubectl tells of one object, now or at a moment of the past. */
  look(target: Target, at?: number): Promise<Looked> {
    return this.inTurn(async (host) => (await host()).ask('look', target, at));
  }

  /** Why a Pod is as it is, now or at a moment of the past. */
  why(key: string, at?: number): Promise<PodWhy | undefined> {
    return this.inTurn(async (host) => (await host()).ask('why', key, at));
  }

  /** Which goals hold. They are tried on a copy: looking changes nothing. */
  judge(goals: readonly Goal[]): Promise<boolean[]> {
    const actions = () => this.entries.map((entry) => entry.action);
    return this.inTurn(async (host) => (await host()).ask('judge', this.recipe(), actions(), goals));
  }

  /** Completes the last word of a line that is typed at a place. */
  complete(place: string, line: string): Promise<Completion> {
    return this.inTurn(async (host) => (await host()).ask('complete', place, line));
  }

  /** Stops the engine, whatever it is at: what was asked of it fails as `EngineLost`, and it is made anew. False where it cannot be. */
  stop(): boolean {
    this.stopped = true;
    return this.host?.kill() ?? true;
  }

  read(): Snapshot {
    return this.snapshot;
  }

  /** Calls `listener` after every change; returns the way to stop. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls `listener` with true when an answer is long in coming, and with false when it came. */
  onSlow(listener: (slow: boolean) => void): () => void {
    this.slowListeners.add(listener);
    return () => this.slowListeners.delete(listener);
  }

  private async open(actions: readonly Action[]): Promise<EngineHost> {
    const fresh = this.host === undefined;
    const opened = await this.ask(actions).catch((error: unknown) => {
      // A worker that breaks down before it has begun is tried once more: the page takes over where there are none.
      if (!fresh || this.stopped || !(error instanceof EngineLost)) throw error;
      this.host = undefined;
      return this.ask(actions);
    });
    this.happened = [];
    this.entries = opened.entries;
    this.hear(opened);
    return this.host ?? this.makeHost();
  }

  private ask(actions: readonly Action[]) {
    this.stopped = false;
    this.host ??= this.makeHost();
    return this.host.ask('open', this.recipe(), actions);
  }

  private async perform(host: EngineHost, action: Action): Promise<Outcome> {
    const { outcome, progress, ...told } = await host.ask('perform', action);
    const entries = progressed(this.entries, progress);
    const last = entries.at(-1);
    // Time that runs by itself is one action that grows, not hundreds.
    const grown = last && grow(last.action, action);
    if (grown) entries[entries.length - 1] = { action: grown, outcome: { ...outcome, from: last.outcome.from } };
    else if (action.kind !== 'reach' || outcome.to > outcome.from) entries.push({ action, outcome });
    this.entries = entries;
    this.hear(told);
    return outcome;
  }

  private hear({ view, happened }: Told): void {
    if (happened.length > 0) this.happened = [...this.happened, ...happened];
    this.snapshot = { ...this.snapshot, view: this.see(view) };
  }

  /** The view that the engine tells of: it says only what became of the one before. */
  private see(delta: Delta | undefined): View {
    this.seen = patched(this.seen, delta) as View; // the other end began with a whole view: engine-room.ts
    return this.seen;
  }

  private inTurn<T>(work: (host: () => Promise<EngineHost>) => Promise<T>, asked?: Action): Promise<T> {
    const done = this.queue.then(() => this.watched(() => this.turn(work, asked)));
    this.queue = done.catch(() => undefined);
    return done;
  }

  private async turn<T>(work: (host: () => Promise<EngineHost>) => Promise<T>, asked: Action | undefined): Promise<T> {
    const before = this.entries;
    const { undone, view } = this.snapshot;
    try {
      return await work(async () => this.host ?? this.open(this.first));
    } catch (error) {
      if (error instanceof EngineLost) await this.rebuild(before, asked);
      throw error;
    } finally {
      if (this.entries !== before || this.undone.length !== undone || this.snapshot.view !== view) this.tell();
    }
  }

  /**
   * The engine was lost: a new one does what had been done. The line that it was lost over is told, not run again. Where
   * even that is stopped, the cluster begins anew, and all that had been done can be done again.
   */
  private async rebuild(before: readonly Entry[], asked: Action | undefined): Promise<void> {
    this.host = undefined;
    const actions = before.length > 0 ? before.map((entry) => entry.action) : this.first;
    const told: Action[] = asked?.kind === 'run' ? [{ kind: 'killed', place: asked.place, line: asked.line }] : [];
    try {
      await this.open([...actions, ...told]);
    } catch (error) {
      if (!(error instanceof EngineLost)) throw error;
      this.host = undefined;
      await this.open([]);
      this.undone = [...this.undone, actions];
    }
  }

  private async watched<T>(work: () => Promise<T>): Promise<T> {
    let told = false;
    const timer = setTimeout(() => {
      told = true;
      for (const listener of this.slowListeners) listener(true);
    }, patience);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      if (told) for (const listener of this.slowListeners) listener(false);
    }
  }

  private tell(): void {
    const { entries, happened, undone } = this;
    this.snapshot = { entries, view: this.snapshot.view, happened, undone: undone.length };
    for (const listener of this.listeners) listener(this.snapshot);
  }
}

function grow(last: Action, next: Action): Action | undefined {
  if (last.kind !== 'advance' || next.kind !== 'advance' || !last.running || !next.running) return undefined;
  return { ...last, by: last.by + next.by };
}
