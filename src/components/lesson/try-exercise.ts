import { findWorld } from '@/course/worlds';
import { goalsMet } from '@/playground/session/goals';
import { Engine } from '@/playground/session/engine';
import { manifestText } from '../presets';
import type { Exercise } from './lesson-schema';

/** Plays an exercise both ways. Its solution must fulfil every goal, and its beginning may not: else the build stops. */
export function tryExercise(exercise: Exercise): void {
  const world = findWorld(exercise.world);
  if (!world) throw new Error(`exercise "${exercise.title}": world ${exercise.world} does not exist`);
  const met = (file: string) => {
    const engine = new Engine(world);
    engine.perform({ kind: 'apply', file, text: manifestText(file) });
    engine.perform({ kind: 'advance', by: 60_000 });
    return goalsMet(engine, exercise.goals);
  };
  const open = exercise.goals.filter((_, i) => !met(exercise.solution)[i]);
  if (open.length > 0) throw new Error(`the solution of "${exercise.title}" leaves open: ${open[0]?.sentence}`);
  if (met(exercise.manifest).every(Boolean)) throw new Error(`"${exercise.title}" is solved before it begins`);
}
