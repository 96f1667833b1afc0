import { type CelValue, equal, EvaluationError, isList, isMap, isNumber } from './value';

/** A function as the checker and the evaluator know it; of a member the first argument is what it is called on. */
export interface CelFunction {
  readonly result: 'dyn' | 'bool' | 'int' | 'double' | 'string' | 'list(dyn)' | 'list(string)';
  call(...args: readonly CelValue[]): CelValue;
}

function noOverload(): never {
  throw new EvaluationError('no such overload');
}

function text(value: CelValue | undefined): string {
  return typeof value === 'string' ? value : noOverload();
}

function list(value: CelValue | undefined): readonly CelValue[] {
  return value !== undefined && isList(value) ? value : noOverload();
}

function whole(value: CelValue | undefined): number {
  return typeof value === 'bigint' ? Number(value) : noOverload();
}

const size: CelFunction = {
  result: 'int',
  call(value = null) {
    if (typeof value === 'string') return BigInt([...value].length);
    if (isList(value)) return BigInt(value.length);
    return isMap(value) ? BigInt(value.size) : noOverload();
  },
};
const matches: CelFunction = { result: 'bool', call: (a, b) => new RegExp(text(b), 'u').test(text(a)) };

function toInt(value: CelValue = null): CelValue {
  if (isNumber(value)) return BigInt(Math.trunc(Number(value)));
  if (/^[+-]?\d+$/.test(text(value))) return BigInt(text(value).replace(/^\+/, ''));
  throw new EvaluationError(`type conversion error from 'string' to 'int'`);
}

function toDouble(value: CelValue = null): CelValue {
  if (isNumber(value)) return Number(value);
  const number = Number(text(value));
  if (Number.isNaN(number)) throw new EvaluationError(`type conversion error from 'string' to 'double'`);
  return number;
}

function toText(value: CelValue = null): CelValue {
  if (typeof value === 'string') return value;
  return isNumber(value) || typeof value === 'boolean' ? String(value) : noOverload();
}

/** Called by themselves. Upstream: cel-go common/stdlib/standard.go */
export const globals: ReadonlyMap<string, CelFunction> = new Map<string, CelFunction>([
  ['size', size],
  ['matches', matches],
  ['int', { result: 'int', call: toInt }],
  ['double', { result: 'double', call: toDouble }],
  ['string', { result: 'string', call: toText }],
  ['dyn', { result: 'dyn', call: (value = null) => value }],
]);

/** Called on a value. Upstream: the same, cel-go ext/strings.go, apiserver/pkg/cel/library/{lists,regex}.go */
export const members: ReadonlyMap<string, CelFunction> = new Map<string, CelFunction>([
  ['size', size],
  ['matches', matches],
  ['contains', { result: 'bool', call: (a, b) => text(a).includes(text(b)) }],
  ['startsWith', { result: 'bool', call: (a, b) => text(a).startsWith(text(b)) }],
  ['endsWith', { result: 'bool', call: (a, b) => text(a).endsWith(text(b)) }],
  ['lowerAscii', { result: 'string', call: (a) => text(a).replace(/[A-Z]/g, (one) => one.toLowerCase()) }],
  ['upperAscii', { result: 'string', call: (a) => text(a).replace(/[a-z]/g, (one) => one.toUpperCase()) }],
  ['trim', { result: 'string', call: (a) => text(a).trim() }],
  ['replace', { result: 'string', call: (a, b, c) => text(a).split(text(b)).join(text(c)) }],
  ['split', { result: 'list(string)', call: (a, b) => text(a).split(text(b)) }],
  [
    'join',
    {
      result: 'string',
      call: (a, b) =>
        list(a)
          .map(text)
          .join(b === undefined ? '' : text(b)),
    },
  ],
  [
    'substring',
    { result: 'string', call: (a, b, c) => text(a).slice(whole(b), c === undefined ? undefined : whole(c)) },
  ],
  ['find', { result: 'string', call: (a, b) => new RegExp(text(b), 'u').exec(text(a))?.[0] ?? '' }],
  [
    'indexOf',
    {
      result: 'int',
      call: (a = null, b = null) => BigInt(isList(a) ? a.findIndex((one) => equal(one, b)) : text(a).indexOf(text(b))),
    },
  ],
]);

/** Functions of the API server's libraries that are known by name only. */
export const notSimulated: ReadonlySet<string> = new Set([
  ...['timestamp', 'duration', 'type', 'bytes', 'uint', 'quantity', 'isQuantity', 'url', 'isURL', 'ip', 'isIP'],
  ...['cidr', 'isCIDR', 'semver', 'isSemver', 'format', 'findAll', 'lastIndexOf', 'charAt', 'isSorted', 'sum', 'min'],
  ...['max', 'group', 'resource', 'check', 'allowed', 'path', 'serviceAccount', 'subresource', 'namespace', 'name'],
]);
