import type { Machine } from './evaluate';
import type { Found, Scope } from './scope';
import type { Filter, Json } from './syntax';
import { fail, named } from './values';

/** One call of a builtin: what flows in, the names it may use, its arguments as they were written. */
export interface Call {
  readonly machine: Machine;
  readonly input: Found;
  readonly scope: Scope;
  readonly args: readonly Filter[];
}

/** A function of jq that is not written in jq itself. */
export type Builtin = (call: Call) => Generator<Found>;

/** Functions by name and number of arguments: `limit/2`. */
export type Builtins = Readonly<Record<string, Builtin>>;

/** A builtin of values: every argument is run, the last the slowest, as jq does it. */
export function plain(run: (value: Json, ...args: Json[]) => Json): Builtin {
  return function* ({ machine, input: [value], scope, args }) {
    const choose = function* (index: number, chosen: readonly Json[]): Generator<Found> {
      const filter = args[index];
      if (filter) for (const [one] of machine.each(filter, [value], scope)) yield* choose(index + 1, [...chosen, one]);
      else yield [run(value, ...chosen)];
    };
    yield* choose(0, []);
  };
}

/** A value that must be a text; `what` says what else cannot be. Throws JqFailure. */
export function text(value: Json, what: string): string {
  return typeof value === 'string' ? value : fail(`${named(value)} ${what}`);
}

/** A value that must be a number. Throws JqFailure. */
export function number(value: Json): number {
  return typeof value === 'number' ? value : fail(`${named(value)} number required`);
}
