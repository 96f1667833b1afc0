import type { Machine } from './evaluate';
import { type Found, type Scope, compared } from './scope';
import { type Filter, JqFailure } from './syntax';
import { at, calculate, put, truth, without } from './values';

/** `LEFT operator RIGHT`: alternatives, logic, updates, arithmetic and comparison. */
export function* binary(
  machine: Machine,
  { operator, left, right }: Extract<Filter, { kind: 'binary' }>,
  input: Found,
  scope: Scope,
): Generator<Found> {
  const [value] = input;
  if (operator === '//') {
    let any = false;
    try {
      for (const one of machine.each(left, input, scope)) {
        if (!truth(one[0])) continue;
        any = true;
        yield one;
      }
    } catch (problem) {
      if (!(problem instanceof JqFailure)) throw problem;
    }
    if (!any) yield* machine.each(right, input, scope);
  } else if (operator === 'and' || operator === 'or') {
    for (const [a] of machine.each(left, [value], scope)) {
      if (truth(a) === (operator === 'or')) yield [operator === 'or'];
      else for (const [b] of machine.each(right, [value], scope)) yield [truth(b)];
    }
  } else if (operator === '|=') {
    let result = value;
    for (const path of [...machine.paths(left, value, scope)].reverse()) {
      const [first] = machine.each(right, [path.reduce(at, result)], scope);
      result = first ? put(result, path, first[0]) : without(result, path);
    }
    yield [result];
  } else if (operator.endsWith('=') && !/^[=!<>]=$/.test(operator)) {
    for (const [b] of machine.each(right, [value], scope)) {
      let result = value;
      for (const path of machine.paths(left, value, scope)) {
        const old = path.reduce(at, result);
        const sign = operator.slice(0, -1);
        const next = sign === '' ? b : sign === '//' ? (truth(old) ? old : b) : calculate(sign, old, b);
        result = put(result, path, next);
      }
      yield [result];
    }
  } else
    for (const [b] of machine.each(right, [value], scope))
      for (const [a] of machine.each(left, [value], scope)) yield [compared(operator, a, b)];
}
