import type { Workspace } from '../files/workspace';
import type { Action } from '../session/action';
import type { Entry } from '../session/session';

/** What is typed or applied, with the virtual time (milliseconds) at which it happened. */
export type TimedAction = { readonly at: number } & (
  Extract<Action, { kind: 'apply' }> | Extract<Action, { kind: 'run' }>
);

/**
 * All that makes a session: a link and a file carry it, a draft keeps it. Jumps in time are not in it: every action
 * says when it happened, so that a later release, whose cluster may fall quiet at another moment, still plays the same.
 */
export interface Scenario {
  /** A world of the course, by its name. */
  readonly world: string;
  readonly seed: number;
  readonly workspace: Workspace;
  readonly actions: readonly TimedAction[];
  /** Virtual time at the end, milliseconds. */
  readonly until: number;
}

/** What was done, without the jumps between. */
export function timedActions(entries: readonly Entry[]): TimedAction[] {
  return entries.flatMap(({ action, outcome }) =>
    action.kind === 'apply' || action.kind === 'run' ? [{ at: outcome.from, ...action }] : [],
  );
}

/** The actions that play a scenario on a fresh cluster: what was done, and the time between. */
export function playableActions({ actions, until }: Pick<Scenario, 'actions' | 'until'>): Action[] {
  return [
    ...actions.flatMap(({ at, ...action }): Action[] => [{ kind: 'reach', at }, action]),
    { kind: 'reach', at: until },
  ];
}
