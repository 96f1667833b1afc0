import { loadMentioned } from '@/course/on-demand';
import type { WorldFile } from '@/kubernetes/world';
import { type DiffSection, diffSections } from '../compare/diff';
import type { Pair } from '../compare/flips';
import { outcomes } from '../compare/outcome';
import type { Completion } from '../complete/complete-line';
import type { Action, Outcome, Progress } from './action';
import { type Delta, deltaOf } from './delta';
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
  /** What is seen now: what became of the view that was told last. */
  readonly view: Delta | undefined;
  readonly happened: readonly Happening[];
}

/**
 * One engine and everything that can be asked of it, as plain data in and plain data out: the same room stands in a
 * worker or in the page.
 */
export class EngineRoom {
  private engine: Engine | undefined;
  private toldView: View | undefined;
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

  /** The cluster as it stood at a moment of the past, as what became of the view that was told last. */
  view(at: number): Promise<Delta | undefined> {
    return Promise.resolve(this.tell(this.current().view(at)));
  }

  async look(target: Target, at?: number): Promise<Looked> {
    await loadMentioned('kubectl describe').catch(() => undefined);
    return this.current().look(target, at);
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

  /** What differs between two clusters `at` virtual milliseconds after each was given its manifest. Needs no engine of its own. */
  compare(pair: Pair, file: string, seed: number, at: number): Promise<DiffSection[]> {
    return Promise.resolve(diffSections(...outcomes(pair, file, seed, at)));
  }

  private told(): Told {
    const engine = this.current();
    return { view: this.tell(engine.view()), happened: engine.happened() };
  }

  /** Of a thousand Pods a few change in a moment; only those are sent to the page. */
  private tell(view: View): Delta | undefined {
    const delta = deltaOf(this.toldView, view);
    this.toldView = view;
    return delta;
  }

  private current(): Engine {
    if (!this.engine) throw new Error('no engine was opened');
    return this.engine;
  }
}

function makeEngine({ world, files, seed }: Recipe): Engine {
  return new Engine(world, files, seed);
}

/** Offline, or when a file is gone, commands say themselves what they do not know. */
async function prepare(actions: readonly Action[], minor: WorldFile['kubernetes']): Promise<void> {
  // What a manifest lets a container run may need a part as well as what is typed.
  const lines = actions.flatMap((action) =>
    action.kind === 'run' ? [action.line, ...Object.values(action.saved ?? {})] : 'text' in action ? [action.text] : [],
  );
  await Promise.all(lines.map((line) => loadMentioned(line, minor).catch(() => undefined)));
}
