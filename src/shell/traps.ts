import type { Task } from '@/kubernetes/clock/task';
import { parse } from './language/parser';
import type { Node } from './language/syntax';

/** What a shell does at a signal, and at its own end: `trap 'echo bye' TERM EXIT`. */
export class Traps {
  private readonly actions = new Map<string, string>();
  private readonly due: string[] = [];

  /** An empty action ignores the signal; undefined gives it back what it does by itself. */
  set(signal: string, action: string | undefined): void {
    if (action === undefined) this.actions.delete(signal);
    else this.actions.set(signal, action);
  }

  all(): readonly (readonly [signal: string, action: string])[] {
    return [...this.actions];
  }

  /** Takes a signal; false when nothing was set for it. Its action waits until the command that runs has ended. */
  take(signal: string): boolean {
    const action = this.actions.get(signal);
    if (action) this.due.push(action);
    return action !== undefined;
  }

  /** Whether an action waits: that ends a `wait` early. */
  get waiting(): boolean {
    return this.due.length > 0;
  }

  next(): string | undefined {
    return this.due.shift();
  }

  /** What is to be done at the end, once. */
  atExit(): string | undefined {
    const action = this.actions.get('EXIT');
    this.actions.delete('EXIT');
    return action;
  }
}

/** Runs the actions of the signals that have come, between two commands. */
export function* runTraps(traps: Traps, execute: (node: Node) => Task<number>): Task<void> {
  for (let action = traps.next(); action !== undefined; action = traps.next()) yield* execute(parse(action));
}

/** Runs a shell's text and then what it has set for its end, which does not change how it ended. */
export function* untilExit(traps: Traps, text: string, run: (text: string) => Task<number>): Task<number> {
  const code = yield* run(text);
  const action = traps.atExit();
  if (action) yield* run(action);
  return code;
}
