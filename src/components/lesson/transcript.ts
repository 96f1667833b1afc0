import { loadMentioned } from '@/course/on-demand';
import { statements } from '@/course/statements';
import { findWorld } from '@/course/worlds';
import type { Picture } from '@/playground/picture/model';
import { Engine } from '@/playground/session/engine';
import type { Outcome } from '@/playground/session/action';
import { manifestFiles } from '../presets';

/** What a lesson lets happen: a cluster, what was done before, and what is shown. */
export interface Scene {
  readonly world: string;
  /** Lines that have been typed already; `@node1 …` runs a line on a node, `sleep 30` lets time pass. */
  readonly before?: string;
  /** Lines whose output is shown. */
  readonly run?: string;
}

export interface Played {
  readonly shown: readonly Outcome[];
  readonly picture: Picture;
  readonly release: string;
}

const played = new Map<string, Promise<Played>>();

/** Plays a scene on a fresh cluster. The same scene always gives the same answer, so it is played once. */
export function playScene(scene: Scene): Promise<Played> {
  const key = JSON.stringify([scene.world, scene.before, scene.run]);
  const known = played.get(key) ?? play(scene);
  played.set(key, known);
  return known;
}

async function play({ world, before = '', run = '' }: Scene): Promise<Played> {
  const file = findWorld(world);
  if (!file) throw new Error(`a lesson asks for the world "${world}", which does not exist`);
  await loadMentioned(`${before}\n${run}`, file.kubernetes);
  const engine = new Engine(file, manifestFiles());
  const type = (script: string) =>
    statements(script).map(({ place = 'client', text }) => engine.perform({ kind: 'run', place, line: text }));
  type(before);
  return { shown: type(run), picture: engine.view().picture, release: engine.cluster.world.release };
}

/** All that an outcome printed. */
export function printedText({ output }: Outcome): string {
  return output.map((part) => part.text).join('');
}

/**
 * Holds a transcript against what its lesson says it prints. A claim that does not occur stops the build: a lesson may
 * not say what the cluster does not do.
 */
export function holdAgainst(shown: readonly Outcome[], expected: readonly string[]): void {
  const text = shown.map(printedText).join('');
  for (const claim of expected) {
    if (text.includes(claim)) continue;
    throw new Error(`a lesson expects ${JSON.stringify(claim)}, but the cluster printed:\n${text}`);
  }
}
