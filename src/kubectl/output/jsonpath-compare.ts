type Basic = 'bool' | 'int' | 'float' | 'string';

function basicKind(value: unknown, float: boolean): Basic | undefined {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (typeof value !== 'number') return undefined;
  return float || !Number.isInteger(value) ? 'float' : 'int';
}

/**
 * Compares as the filters of a path do, or says why not: only what is of one kind can be compared. `float`: the right
 * side is written with a point. Upstream: client-go/third_party/forked/golang/template/funcs.go.
 */
export function comparison(left: unknown, operator: string, right: unknown, float: boolean): boolean | string {
  const kind = basicKind(left, false);
  const other = basicKind(right, float);
  if (kind === undefined || other === undefined) return 'invalid type for comparison';
  if (!['==', '!=', '<', '<=', '>', '>='].includes(operator)) return `unrecognized filter operator ${operator}`;
  if (kind !== other) return 'incompatible types for comparison';
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (kind === 'bool') return 'invalid type for comparison';
  // Both are of one kind: texts or numbers.
  const [a, b] = [left as string | number, right as string | number];
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}
