import { type CelValue, equal, EvaluationError, isList, isMap, isNumber } from './value';

/** A function as the evaluator knows it; of a member the first argument is what it is called on. */
export interface CelFunction {
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
  call(value = null) {
    if (typeof value === 'string') return BigInt([...value].length);
    if (isList(value)) return BigInt(value.length);
    return isMap(value) ? BigInt(value.size) : noOverload();
  },
};
const matches: CelFunction = { call: (a, b) => new RegExp(text(b), 'u').test(text(a)) };

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
  ['int', { call: toInt }],
  ['double', { call: toDouble }],
  ['string', { call: toText }],
  ['dyn', { call: (value = null) => value }],
]);

/** Called on a value. Upstream: the same, cel-go ext/strings.go, apiserver/pkg/cel/library/{lists,regex}.go */
export const members: ReadonlyMap<string, CelFunction> = new Map<string, CelFunction>([
  ['size', size],
  ['matches', matches],
  ['contains', { call: (a, b) => text(a).includes(text(b)) }],
  ['startsWith', { call: (a, b) => text(a).startsWith(text(b)) }],
  ['endsWith', { call: (a, b) => text(a).endsWith(text(b)) }],
  ['lowerAscii', { call: (a) => text(a).replace(/[A-Z]/g, (one) => one.toLowerCase()) }],
  ['upperAscii', { call: (a) => text(a).replace(/[a-z]/g, (one) => one.toUpperCase()) }],
  ['trim', { call: (a) => text(a).trim() }],
  ['replace', { call: (a, b, c) => text(a).split(text(b)).join(text(c)) }],
  ['split', { call: (a, b) => text(a).split(text(b)) }],
  [
    'join',
    {
      call: (a, b) =>
        list(a)
          .map(text)
          .join(b === undefined ? '' : text(b)),
    },
  ],
  ['substring', { call: (a, b, c) => text(a).slice(whole(b), c === undefined ? undefined : whole(c)) }],
  ['find', { call: (a, b) => new RegExp(text(b), 'u').exec(text(a))?.[0] ?? '' }],
  [
    'indexOf',
    {
      call: (a = null, b = null) => BigInt(isList(a) ? a.findIndex((one) => equal(one, b)) : text(a).indexOf(text(b))),
    },
  ],
]);
