// Upstream: cel-go interpreter/interpretable.go, common/types
import type { Expression } from './expression';
import { globals, members } from './functions';
import { operate } from './operators';
import { type CelValue, EvaluationError, isList, isMap, LazyFields } from './value';

export type Scope = ReadonlyMap<string, CelValue>;

/** The value of a checked expression. Throws an `EvaluationError` where the values do not allow it. */
export function evaluate(expression: Expression, scope: Scope): CelValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'name': {
      const value = scope.get(expression.name);
      if (value === undefined) throw new EvaluationError(`no such attribute(s): ${expression.name}`);
      return value;
    }
    case 'list':
      return expression.items.map((item) => evaluate(item, scope));
    case 'map':
      return new Map(expression.entries.map(([key, value]) => [evaluate(key, scope), evaluate(value, scope)]));
    case 'select': {
      const operand = evaluate(expression.operand, scope);
      const value = fieldOf(operand, expression.field);
      if (expression.test) return value !== undefined;
      if (value === undefined) throw new EvaluationError(`no such key: ${expression.field}`);
      return value;
    }
    case 'loop':
      return evaluateLoop(expression, scope);
    case 'call':
      return evaluateCall(expression, scope);
  }
}

function fieldOf(operand: CelValue, field: string): CelValue | undefined {
  if (operand instanceof LazyFields || isMap(operand)) return operand.get(field);
  throw new EvaluationError('no such overload');
}

function evaluateCall(call: Extract<Expression, { kind: 'call' }>, scope: Scope): CelValue {
  const { name, target, args } = call;
  const [first, second, third] = args;
  if (name === '_?_:_' && first && second && third) {
    return evaluate(truth(evaluate(first, scope)) ? second : third, scope);
  }
  if ((name === '_&&_' || name === '_||_') && first && second)
    return evaluateLogic(name === '_||_', [first, second], scope);
  const known = target ? members.get(name) : globals.get(name);
  if (!known && /^[a-z]/i.test(name)) throw new EvaluationError(`the function ${name} is not simulated`);
  const values = (target ? [target, ...args] : args).map((arg) => evaluate(arg, scope));
  if (known) return known.call(...values);
  return operate(name, values);
}

/** One side that decides makes up for a failure of the other. */
function evaluateLogic(decisive: boolean, sides: readonly Expression[], scope: Scope): boolean {
  let failure: unknown;
  for (const side of sides) {
    try {
      if (truth(evaluate(side, scope)) === decisive) return decisive;
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return !decisive;
}

function truth(value: CelValue): boolean {
  if (typeof value !== 'boolean') throw new EvaluationError('no such overload');
  return value;
}

function evaluateLoop(loop: Extract<Expression, { kind: 'loop' }>, scope: Scope): CelValue {
  const over = evaluate(loop.over, scope);
  if (!isList(over) && !isMap(over)) throw new EvaluationError('no such overload');
  const items = isList(over) ? over : [...over.keys()];
  const scopes = items.map((item) => new Map([...scope, [loop.variable, item]]));
  const holds = (inside: Scope) => truth(evaluate(loop.body, inside));
  switch (loop.macro) {
    case 'all':
      return anyItem(false, scopes, holds);
    case 'exists':
      return anyItem(true, scopes, holds);
    case 'exists_one':
      return scopes.filter(holds).length === 1;
    case 'filter':
      return items.filter((_, i) => holds(scopes[i] ?? scope));
    case 'map': {
      const { filter } = loop;
      const kept = filter ? scopes.filter((inside) => truth(evaluate(filter, inside))) : scopes;
      return kept.map((inside) => evaluate(loop.body, inside));
    }
  }
}

/** `exists` looks for a true one, `all` for a false one; either forgives failures if it finds what it looks for. */
function anyItem(decisive: boolean, scopes: readonly Scope[], holds: (scope: Scope) => boolean): boolean {
  let failure: unknown;
  for (const inside of scopes) {
    try {
      if (holds(inside) === decisive) return decisive;
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return !decisive;
}
