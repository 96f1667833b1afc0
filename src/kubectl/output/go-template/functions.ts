import { CallFailure } from './call';
import { equal, less } from './comparison';
import { htmlEscape, jsEscape, queryEscape } from './escape';
import { sprintf } from './printf';
import * as value from './value';
import { boxed, bytesOf, textOfBytes, typeName, unboxed, type Value } from './value';

/** A function's parameters: `any` boxes what it is given, `value` takes it as it is (text/template's reflect.Value). */
export interface TemplateFunction {
  readonly parameters: readonly ParameterType[];
  /** The type of the arguments after these. */
  readonly rest?: ParameterType;
  /** `first` is the first argument as it is written. Throws CallFailure. */
  readonly call: (args: readonly (Value | undefined)[], first: string) => Value | undefined;
}

export type ParameterType = 'string' | 'any' | 'value';

/** reflect's own words when a value is absent. Upstream: go/src/reflect/value.go. */
const zeroValue = 'reflect: call of reflect.Value.Type on zero Value';

function position(index: Value | undefined, limit: number): number {
  const at = unboxed(index);
  if (at === undefined) throw new CallFailure('cannot index slice/array with nil');
  if (at.type !== 'int' && at.type !== 'int64' && at.type !== 'uint8') {
    throw new CallFailure(`cannot index slice/array with type ${typeName(at)}`);
  }
  if (at.v < 0 || at.v > limit) throw new CallFailure(`index out of range: ${at.v}`);
  return at.v;
}

/** Upstream: text/template/funcs.go `index`. */
function index([item, ...keys]: readonly (Value | undefined)[]): Value | undefined {
  let at = unboxed(item);
  if (at === undefined) throw new CallFailure('index of untyped nil');
  let found: Value = at;
  for (const key of keys) {
    at = unboxed(found);
    if (at === undefined) throw new CallFailure('index of nil pointer');
    if (at.type === 'map') {
      const name = unboxed(key);
      if (name === undefined) throw new CallFailure('value is nil; should be of type string');
      if (name.type !== 'string') throw new CallFailure(`value has type ${typeName(name)}; should be string`);
      found = boxed(own(at.v, name.v));
    } else if (at.type === 'slice') {
      const place = position(key, at.v.length);
      if (place === at.v.length) throw new CallFailure('reflect: slice index out of range');
      found = boxed(at.v[place]);
    } else if (at.type === 'string') {
      const bytes = bytesOf(at.v);
      const place = position(key, bytes.length);
      if (place === bytes.length) throw new CallFailure('reflect: string index out of range');
      found = { type: 'uint8', v: bytes.charCodeAt(place), boxed: false };
    } else {
      throw new CallFailure(`can't index item of type ${typeName(at)}`);
    }
  }
  return found;
}

/** A key of the object's own. */
export function own(map: { readonly [key: string]: unknown }, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Upstream: text/template/funcs.go `slice`. A list has no room behind its end here. */
function slice([item, ...indexes]: readonly (Value | undefined)[]): Value | undefined {
  const at = unboxed(item);
  if (at === undefined) throw new CallFailure('slice of untyped nil');
  if (indexes.length > 3) throw new CallFailure(`too many slice indexes: ${indexes.length}`);
  if (at.type !== 'string' && at.type !== 'slice') throw new CallFailure(`can't slice item of type ${typeName(at)}`);
  if (at.type === 'string' && indexes.length === 3) throw new CallFailure('cannot 3-index slice a string');
  const content = at.type === 'string' ? bytesOf(at.v) : at.v;
  const places = indexes.map((one) => position(one, content.length));
  const [start = 0, end = content.length, limit = content.length] = places;
  if (start > end) throw new CallFailure(`invalid slice index: ${start} > ${end}`);
  if (end > limit) throw new CallFailure(`invalid slice index: ${end} > ${limit}`);
  const cut = content.slice(start, end);
  return typeof cut === 'string' ? value.string(textOfBytes(cut)) : { type: 'slice', v: cut, boxed: false };
}

function length([item]: readonly (Value | undefined)[]): Value {
  if (item === undefined) throw new CallFailure(zeroValue);
  if (item.type === 'nil') throw new CallFailure('len of nil pointer');
  if (item.type === 'string') return value.int(bytesOf(item.v).length);
  if (item.type === 'slice') return value.int(item.v.length);
  if (item.type === 'map') return value.int(Object.values(item.v).filter((one) => one !== undefined).length);
  throw new CallFailure(`len of type ${typeName({ ...item, boxed: false })}`);
}

/** Upstream: cli-runtime/pkg/printers/jsonpath.go `exists`. */
function exists([item, ...keys]: readonly (Value | undefined)[]): boolean {
  let at = unboxed(item);
  for (const one of keys) {
    const key = unboxed(one);
    if (at?.type === 'map' && (key === undefined || key.type === 'string')) {
      at = unboxed(boxed(own(at.v, key?.v ?? '')));
    } else if ((at?.type === 'slice' || at?.type === 'string') && (key?.type === 'int' || key?.type === 'int64')) {
      const content = at.type === 'string' ? bytesOf(at.v) : at.v;
      if (key.v < 0 || key.v >= content.length) return false;
      at = unboxed(at.type === 'string' ? value.int(0) : boxed(content[key.v]));
    } else return false;
  }
  return at !== undefined;
}

/** Upstream: go/src/fmt/print.go `Sprint`: a space between two that are no texts. */
function print(args: readonly (Value | undefined)[]): string {
  return args
    .map((arg, i) => {
      const spaced = i > 0 && args[i - 1]?.type !== 'string' && arg?.type !== 'string';
      return (spaced ? ' ' : '') + value.text(arg);
    })
    .join('');
}

/** Upstream: text/template/funcs.go `evalArgs`: an absent value is said to be none. */
function escaper(escape: (text: string) => string): TemplateFunction {
  const none = value.string('<no value>');
  return {
    parameters: [],
    rest: 'any',
    call: (args) => value.string(escape(print(args.map((arg) => unboxed(arg) ?? none)))),
  };
}

/** Upstream: cli-runtime/pkg/printers/template.go `base64decode`; encoding/base64 names the first byte it cannot read. */
function base64decode(text: string): string {
  const plain = text.replace(/[\r\n]/g, '');
  const bad = illegalByte(plain);
  if (bad !== undefined) throw new CallFailure(`base64 decode failed: illegal base64 data at input byte ${bad}`);
  return textOfBytes(atob(plain));
}

/** Where encoding/base64 gives up. Upstream: go/src/encoding/base64/base64.go `decodeQuantum`. */
function illegalByte(text: string): number | undefined {
  const letters = /^[A-Za-z0-9+/]*/.exec(text)?.[0].length ?? 0;
  const inQuantum = letters % 4;
  if (letters === text.length) return inQuantum === 0 ? undefined : letters - inQuantum;
  if (text.charAt(letters) !== '=' || inQuantum < 2) return letters;
  if (inQuantum === 2 && letters + 1 === text.length) return text.length;
  if (inQuantum === 2 && text.charAt(letters + 1) !== '=') return letters;
  const end = letters + 4 - inQuantum;
  return end === text.length ? undefined : end;
}

/** Nothing in an object is a function. Upstream: text/template/funcs.go `call`. */
function call([fn]: readonly (Value | undefined)[], name: string): never {
  const at = unboxed(fn);
  throw new CallFailure(at === undefined ? 'call of nil' : `non-function ${name} of type ${typeName(at)}`);
}

const two = { parameters: ['value', 'value'] } as const;

/** Upstream: text/template/funcs.go `builtins`, and what kubectl adds. `and` and `or` are run by the executor. */
export const functions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['and', { parameters: ['value'], rest: 'value', call: ([first]) => first }],
  ['or', { parameters: ['value'], rest: 'value', call: ([first]) => first }],
  ['not', { parameters: ['value'], call: ([item]) => value.bool(!value.truth(item)) }],
  ['call', { parameters: ['value'], rest: 'value', call }],
  ['html', escaper(htmlEscape)],
  ['js', escaper(jsEscape)],
  ['urlquery', escaper(queryEscape)],
  ['index', { parameters: ['value'], rest: 'value', call: index }],
  ['slice', { parameters: ['value'], rest: 'value', call: slice }],
  ['len', { parameters: ['value'], call: length }],
  ['print', { parameters: [], rest: 'any', call: (args) => value.string(print(args.map(unboxed))) }],
  ['println', { parameters: [], rest: 'any', call: (args) => value.string(`${args.map(value.text).join(' ')}\n`) }],
  [
    'printf',
    {
      parameters: ['string'],
      rest: 'any',
      call: ([format, ...args]) => value.string(sprintf(value.text(format), args)),
    },
  ],
  [
    'eq',
    { parameters: ['value'], rest: 'value', call: ([a, ...rest]) => value.bool(equal(unboxed(a), rest.map(unboxed))) },
  ],
  ['ne', { ...two, call: ([a, b]) => value.bool(!equal(unboxed(a), [unboxed(b)])) }],
  ['lt', { ...two, call: ([a, b]) => value.bool(less(unboxed(a), unboxed(b))) }],
  ['le', { ...two, call: ([a, b]) => value.bool(lessOrEqual(a, b)) }],
  ['gt', { ...two, call: ([a, b]) => value.bool(!lessOrEqual(a, b)) }],
  ['ge', { ...two, call: ([a, b]) => value.bool(!less(unboxed(a), unboxed(b))) }],
  ['exists', { parameters: ['any'], rest: 'any', call: (args) => value.bool(exists(args)) }],
  ['base64decode', { parameters: ['string'], call: ([item]) => value.string(base64decode(value.text(item))) }],
]);

function lessOrEqual(a: Value | undefined, b: Value | undefined): boolean {
  return less(unboxed(a), unboxed(b)) || equal(unboxed(a), [unboxed(b)]);
}
