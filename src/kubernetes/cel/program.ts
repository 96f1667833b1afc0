import { check, type CelType, type Declarations } from './check';
import { evaluate, type Scope } from './evaluate';
import { parse } from './parse';
import type { CelValue } from './value';

/** A compiled expression. */
export interface Program {
  readonly type: CelType;
  evaluate(scope: Scope): CelValue;
}

/** Reads and checks an expression. Throws a `CelError` whose message is what cel-go prints. */
export function compile(source: string, declared: Declarations): Program {
  const expression = parse(source);
  return { type: check(source, expression, declared), evaluate: (scope) => evaluate(expression, scope) };
}
