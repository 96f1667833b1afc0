import { type Action, type Outcome, type Progress, withProgress } from './action';
import type { Engine } from './engine';

/** One thing the reader did, and all that came of it. */
export interface Entry {
  readonly action: Action;
  readonly outcome: Outcome;
}

/** Does actions one after the other. A moment that was reached already is nothing that anybody did, and is left out. */
export function playAll(engine: Engine, actions: readonly Action[]): Entry[] {
  let entries: Entry[] = [];
  for (const action of actions) {
    const outcome = engine.perform(action);
    entries = progressed(entries, engine.progress());
    if (action.kind !== 'reach' || outcome.to > outcome.from) entries.push({ action, outcome });
  }
  return progressed(entries, engine.progress());
}

/** The entries with what came of the commands that went on. */
export function progressed(entries: readonly Entry[], progress: readonly Progress[]): Entry[] {
  const news = new Map(progress.map((one) => [one.command, one]));
  if (news.size === 0) return [...entries];
  return entries.map((entry) => {
    const { command } = entry.outcome;
    const came = command === undefined ? undefined : news.get(command);
    return came ? { ...entry, outcome: withProgress(entry.outcome, came) } : entry;
  });
}
