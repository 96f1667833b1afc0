import type { Workspace } from '../files/workspace';
import type { Action } from '../session/action';
import type { Entry } from '../session/session';

/** What is typed, broken off, saved or applied, with the virtual time (milliseconds) at which it happened. */
export type TimedAction = { readonly at: number } & Extract<Action, { kind: 'apply' | 'run' | 'interrupt' | 'edited' }>;

/**
 * All that makes a session: a link and a file carry it, a draft keeps it. Jumps in time are not in it: every action
 * says when it happened, so that a later release, whose cluster may fall quiet at another moment, still plays the same.
 */
export interface Scenario {
  /** The name of a world: one of the course, or `own`'s. */
  readonly world: string;
  /** The world file itself, where it is the reader's own; not looked at until it is opened. */
  readonly own?: unknown;
  readonly seed: number;
  readonly workspace: Workspace;
  readonly actions: readonly TimedAction[];
  /** Virtual time at the end, milliseconds. */
  readonly until: number;
}

/** What was done, without the jumps between. */
export function timedActions(entries: readonly Entry[]): TimedAction[] {
  return entries.flatMap(({ action, outcome }) => (isTimed(action) ? [{ at: outcome.from, ...action }] : []));
}

function isTimed(action: Action): action is Extract<Action, { kind: 'apply' | 'run' | 'interrupt' | 'edited' }> {
  return ['apply', 'run', 'interrupt', 'edited'].includes(action.kind);
}

/** The actions that play a scenario on a fresh cluster: what was done, and the time between. */
export function playableActions({ actions, until }: Pick<Scenario, 'actions' | 'until'>): Action[] {
  return [
    ...actions.flatMap(({ at, ...action }): Action[] => [{ kind: 'reach', at }, action]),
    { kind: 'reach', at: until },
  ];
}
