import { loadDescriptions, mentionsExplain } from '@/kubectl/explain/load';
import type { WorldFile } from '@/kubernetes/world';
import type { Completion } from '../complete/complete-line';
import type { Action, Outcome, Progress } from './action';
import { Engine } from './engine';
import { type Goal, goalsMet } from './goals';
import type { Happening } from './happenings';
import type { PodWhy } from '../why/pod-why';
import type { Looked, Target } from './look';
import { type Entry, playAll } from './play';
import type { View } from './view';

/** All that an engine is made from. Plain data. */
export interface Recipe {
  readonly world: WorldFile;
  /** What lies ready in the client's folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly seed: number;
}

/** What an engine tells after it was moved. */
export interface Told {
  readonly view: View;
  readonly happened: readonly Happening[];
}

/**
 * One engine and everything that can be asked of it, as plain data in and plain data out: the same room stands in a
 * worker or in the page.
 */
export class EngineRoom {
  private engine: Engine | undefined;
  private kubernetes: WorldFile['kubernetes'];

  /** Makes a fresh engine, and does `actions` in it. */
  async open(recipe: Recipe, actions: readonly Action[]): Promise<Told & { readonly entries: readonly Entry[] }> {
    this.kubernetes = recipe.world.kubernetes;
    await prepare(actions, this.kubernetes);
    this.engine = makeEngine(recipe);
    const entries = playAll(this.engine, actions);
    return { ...this.told(), entries };
  }

  async perform(action: Action): Promise<Told & { readonly outcome: Outcome; readonly progress: readonly Progress[] }> {
    await prepare([action], this.kubernetes);
    const outcome = this.current().perform(action);
    return { ...this.told(), outcome, progress: this.current().progress() };
  }

  /** The cluster as it stood at a moment of the past. */
  view(at: number): Promise<View> {
    return Promise.resolve(this.current().view(at));
  }

  look(target: Target, at?: number): Promise<Looked> {
    return Promise.resolve(this.current().look(target, at));
  }

  why(key: string, at?: number): Promise<PodWhy | undefined> {
    return Promise.resolve(this.current().why(key, at));
  }

  complete(place: string, line: string): Promise<Completion> {
    return Promise.resolve(this.current().complete(place, line));
  }

  /** Which goals hold after `actions`. They are tried on an engine of their own: looking changes nothing. */
  judge(recipe: Recipe, actions: readonly Action[], goals: readonly Goal[]): Promise<boolean[]> {
    const copy = makeEngine(recipe);
    playAll(copy, actions);
    return Promise.resolve(goalsMet(copy, goals));
  }

  private told(): Told {
    const engine = this.current();
    return { view: engine.view(), happened: engine.happened() };
  }

  private current(): Engine {
    if (!this.engine) throw new Error('no engine was opened');
    return this.engine;
  }
}

function makeEngine({ world, files, seed }: Recipe): Engine {
  return new Engine(world, files, seed);
}

/** Offline, or when the file is gone, explain says itself that it has no descriptions. */
async function prepare(actions: readonly Action[], minor: WorldFile['kubernetes']): Promise<void> {
  const explains = actions.some((action) => action.kind === 'run' && mentionsExplain(action.line));
  if (explains) await loadDescriptions(minor).catch(() => undefined);
}
