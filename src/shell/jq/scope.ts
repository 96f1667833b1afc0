import { prelude } from './prelude';
import { parseFilter } from './parser';
import type { Filter, Json, Pattern } from './syntax';
import { type Path, at, calculate, compare, isList, isTable, members } from './values';

/** A value, and the path to it from where the paths are counted; without one where it was computed. */
export type Found = readonly [Json, Path?];

/** A function or argument with the names that it sees. */
export interface Closure {
  readonly filter: Filter;
  readonly scope: Scope;
  readonly parameters: readonly string[];
  /** A function of its own sees itself. */
  readonly own: boolean;
}

/** Names that a filter may use. */
export interface Scope {
  readonly variables: ReadonlyMap<string, Json>;
  readonly functions: ReadonlyMap<string, Closure>;
}

/** Made once: it never changes. */
let made: Scope | undefined;

/** The functions that are written in jq itself, as most of jq's own are. */
export function defaults(): Scope {
  if (made) return made;
  const functions = new Map<string, Closure>();
  const scope: Scope = { variables: new Map(), functions };
  for (let filter = parseFilter(prelude); filter.kind === 'define'; filter = filter.rest)
    functions.set(`${filter.name}/${filter.parameters.length}`, {
      filter: filter.body,
      scope,
      parameters: filter.parameters,
      own: false,
    });
  made = scope;
  return scope;
}

/** `..`: a value, and all that it is made of. */
export function* descend([value, path]: Found): Generator<Found> {
  yield [value, path];
  if (!isList(value) && !isTable(value)) return;
  for (const [key, one] of members(value)) yield* descend([one, path && [...path, key]]);
}

/** A scope that knows besides what a pattern takes out of a value. */
export function bound(scope: Scope, pattern: Pattern, value: Json): Scope {
  const variables = new Map(scope.variables);
  const bind = (one: Pattern, of: Json) => {
    if (one.kind === 'name') variables.set(one.name, of);
    else if (one.kind === 'list') one.items.forEach((item, i) => bind(item, at(of, i)));
    else for (const field of one.fields) bind(field.pattern, at(of, field.key));
  };
  bind(pattern, value);
  return { ...scope, variables };
}

/** `a operator b` of two values, where neither steers what is run. */
export function compared(operator: string, a: Json, b: Json): Json {
  switch (operator) {
    case '==':
      return compare(a, b) === 0;
    case '!=':
      return compare(a, b) !== 0;
    case '<':
      return compare(a, b) < 0;
    case '<=':
      return compare(a, b) <= 0;
    case '>':
      return compare(a, b) > 0;
    case '>=':
      return compare(a, b) >= 0;
    default:
      return calculate(operator, a, b);
  }
}
