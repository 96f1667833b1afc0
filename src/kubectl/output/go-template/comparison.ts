import { byCodePoint } from '@/kubernetes/strconv/go-json';
import { CallFailure } from './call';
import { sprintf } from './printf';
import { typeName, type Value } from './value';

type Kind = 'bool' | 'float' | 'int' | 'string' | 'uint' | 'invalid';

const kinds: Readonly<Record<Value['type'], Kind>> = {
  string: 'string',
  bool: 'bool',
  int: 'int',
  int64: 'int',
  uint8: 'uint',
  float64: 'float',
  map: 'invalid',
  slice: 'invalid',
  nil: 'invalid',
};

function kindOf(value: Value | undefined): Kind {
  return value === undefined ? 'invalid' : kinds[value.type];
}

function wholeNumbers(a: Kind, b: Kind): boolean {
  return (a === 'int' && b === 'uint') || (a === 'uint' && b === 'int');
}

/** Whether the first equals one of the others. Upstream: text/template/funcs.go `eq`. */
export function equal(first: Value | undefined, others: readonly (Value | undefined)[]): boolean {
  if (others.length === 0) throw new CallFailure('missing argument for comparison');
  return others.some((other) => equalOne(first, other));
}

function equalOne(a: Value | undefined, b: Value | undefined): boolean {
  const [left, right] = [kindOf(a), kindOf(b)];
  if (a === undefined || b === undefined) return a === b;
  if (left !== right) {
    if (wholeNumbers(left, right)) return a.v === b.v;
    throw new CallFailure(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
  }
  if (left !== 'invalid') return a.v === b.v;
  if (a.type !== b.type) {
    throw new CallFailure(
      `non-comparable types ${sprintf('%s', [a])}: ${typeName(a)}, ${typeName(b)}: ${sprintf('%v', [b])}`,
    );
  }
  throw new CallFailure(`non-comparable type ${sprintf('%s', [b])}: ${typeName(b)}`);
}

/** Upstream: text/template/funcs.go `lt`. */
export function less(a: Value | undefined, b: Value | undefined): boolean {
  const [left, right] = [kindOf(a), kindOf(b)];
  if (a === undefined || b === undefined || left === 'invalid' || right === 'invalid') {
    throw new CallFailure('invalid type for comparison');
  }
  if (left !== right && !wholeNumbers(left, right)) {
    throw new CallFailure(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
  }
  if (left === 'bool') throw new CallFailure('invalid type for comparison');
  if (typeof a.v === 'string' && typeof b.v === 'string') return byCodePoint(a.v, b.v) < 0;
  return Number(a.v) < Number(b.v);
}
