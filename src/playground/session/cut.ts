import { type Action, isOpen } from './action';
import type { Entry } from './play';

/** What was taken back together, and is done again together. */
export type Group = readonly Action[];

/** Nobody chose this: it came with what was done before it. */
function isBeside({ kind, ...action }: Action): boolean {
  return kind === 'interrupt' || ('running' in action && action.running === true);
}

/** Takes the last thing that was done off the list, with the time that ran after it. */
export function takeBack(entries: readonly Entry[]): { readonly kept: readonly Entry[]; readonly group: Group } {
  let end = entries.length - 1;
  while (end > 0 && isBeside(entries[end]?.action ?? { kind: 'next' })) end--;
  end = Math.max(0, end);
  return { kept: entries.slice(0, end), group: entries.slice(end).map(({ action }) => action) };
}

/**
 * Cuts the list at a moment: what had been begun by then, time up to the moment, and what came later, each thing with
 * the moment at which it was done.
 */
export function cutAt(
  entries: readonly Entry[],
  at: number,
): { readonly kept: readonly Action[]; readonly later: readonly Group[] } {
  const kept = entries
    .filter(({ outcome }) => outcome.from <= at)
    .flatMap(({ action, outcome }): Action[] => {
      if (outcome.to <= at || isOpen(outcome)) return [action];
      // A command that took its time is begun, and goes on from here; a jump ends here.
      if (action.kind === 'run') return [{ ...action, open: true }];
      return isTime(action) ? [] : [action];
    });
  const later = entries
    .filter(({ action, outcome }) => outcome.from > at && !isTime(action))
    .map(({ action, outcome }): Group => [{ kind: 'reach', at: outcome.from }, action]);
  const end = entries.at(-1)?.outcome.to ?? at;
  return { kept: [...kept, { kind: 'reach', at }], later: end > at ? [...later, [{ kind: 'reach', at: end }]] : later };
}

function isTime({ kind }: Action): boolean {
  return kind === 'advance' || kind === 'next' || kind === 'quiet' || kind === 'reach';
}
