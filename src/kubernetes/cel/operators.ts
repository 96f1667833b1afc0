import { type CelValue, equal, EvaluationError, isList, isMap, isNumber } from './value';

/** An operator on values, by the name cel-go gives it. Upstream: cel-go common/types */
export function operate(name: string, [a = null, b = null]: readonly CelValue[]): CelValue {
  switch (name) {
    case '!_':
      return typeof a === 'boolean' ? !a : noOverload();
    case '-_':
      return isNumber(a) ? -a : noOverload();
    case '_==_':
      return equal(a, b);
    case '_!=_':
      return !equal(a, b);
    case '@in':
      return isList(b) ? b.some((one) => equal(one, a)) : isMap(b) ? b.has(a) : noOverload();
    case '_[_]':
      return itemOf(a, b);
    case '_<_':
      return compare(a, b) < 0;
    case '_<=_':
      return compare(a, b) <= 0;
    case '_>_':
      return compare(a, b) > 0;
    case '_>=_':
      return compare(a, b) >= 0;
    case '_+_':
      if (typeof a === 'string' && typeof b === 'string') return a + b;
      if (isList(a) && isList(b)) return [...a, ...b];
      return calculate(name, a, b);
    default:
      return calculate(name, a, b);
  }
}

function noOverload(): never {
  throw new EvaluationError('no such overload');
}

function itemOf(container: CelValue, key: CelValue): CelValue {
  if (isMap(container)) {
    const value = container.get(key);
    if (value === undefined) throw new EvaluationError(`no such key: ${String(key)}`);
    return value;
  }
  if (!isList(container) || !isNumber(key)) return noOverload();
  const value = container[Number(key)];
  if (value === undefined) throw new EvaluationError(`index out of bounds: ${key}`);
  return value;
}

function compare(a: CelValue, b: CelValue): number {
  const comparable =
    (isNumber(a) && isNumber(b)) ||
    (typeof a === 'string' && typeof b === 'string') ||
    (typeof a === 'boolean' && typeof b === 'boolean');
  if (!comparable) return noOverload();
  return a < b ? -1 : a > b ? 1 : 0;
}

function calculate(name: string, a: CelValue, b: CelValue): CelValue {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    if ((name === '_/_' || name === '_%_') && b === 0n) {
      throw new EvaluationError(name === '_/_' ? 'division by zero' : 'modulus by zero');
    }
    const results = {
      '_+_': () => a + b,
      '_-_': () => a - b,
      '_*_': () => a * b,
      '_/_': () => a / b,
      '_%_': () => a % b,
    };
    const result = name in results ? results[name as keyof typeof results]() : noOverload(); // one of the keys
    if (BigInt.asIntN(64, result) !== result) throw new EvaluationError('integer overflow');
    return result;
  }
  if (typeof a !== 'number' || typeof b !== 'number') return noOverload();
  if (name === '_+_') return a + b;
  if (name === '_-_') return a - b;
  if (name === '_*_') return a * b;
  return name === '_/_' ? a / b : noOverload();
}
