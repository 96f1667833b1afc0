import { encodeBytes } from '../../api/base64';
import { cloneJson, isObject, type JsonObject } from '../../api/object';
import type { GoSpecial, GoStruct, GoType } from '../schema/go-type';
import { fits } from './dialect';
import { type FieldWriter, writerOf, zero } from './field-writer';
import { Abort, type Reading } from './reading';
import { base64Problem, readQuantity, readTime, type SpecialResult } from './special-values';

/** Reads a JSON value into one Go type. Made once for every type, so that a body is read without looking types up. */
type Reader = (value: unknown, reading: Reading) => unknown;

const readers = new WeakMap<GoType, Reader>();

function readerOf(type: GoType): Reader {
  const known = readers.get(type);
  if (known) return known;
  const made = makeReader(type);
  readers.set(type, made);
  return made;
}

/** The reader of what is inside; types may contain themselves, so it is made when it is first needed. */
function inner(type: { readonly element: GoType }): Reader {
  let made: Reader | undefined;
  return (value, reading) => (made ??= readerOf(type.element))(value, reading);
}

function makeReader(type: GoType): Reader {
  switch (type.kind) {
    case 'struct':
      return (value, reading) => readStruct(value, type, reading);
    case 'pointer': {
      const read = inner(type);
      return (value, reading) => (value === null ? undefined : read(value, reading));
    }
    case 'special':
      return specialReader(type.special);
    case 'slice': {
      const read = inner(type);
      return checked(type, (value, reading) => (Array.isArray(value) ? readSlice(value, read, reading) : undefined));
    }
    case 'map': {
      const read = inner(type);
      return checked(type, (value, reading) =>
        isObject(value) ? readMap(value, type.element, read, reading) : undefined,
      );
    }
    case 'bytes':
      return checked(type, readBytes);
    case 'string':
      return checked(type, (value) => (typeof value === 'string' ? value : undefined));
    case 'bool':
      return checked(type, (value) => (typeof value === 'boolean' ? value : undefined));
    case 'float64':
      return checked(type, (value) => (typeof value === 'number' ? value : undefined));
    case 'int': {
      const { bits, unsigned } = type;
      return checked(type, (value, { dialect }) =>
        typeof value === 'number' ? dialect.integer(value, bits, unsigned) : undefined,
      );
    }
  }
}

/** `null` holds nothing; what `read` has no value for does not fit the type. */
function checked(type: GoType, read: Reader): Reader {
  const nothing = zero(type);
  return (value, reading) => {
    if (value === null) return nothing;
    const found = read(value, reading);
    if (found !== undefined) return found;
    reading.mismatch(value, type);
    return nothing;
  };
}

/** How one field of a struct is read and written. */
interface FieldPlan {
  readonly name: string;
  readonly read: Reader;
  readonly write: FieldWriter;
  /** What it holds when nothing was said of it. */
  readonly nothing: Reader;
}

interface StructPlan {
  readonly fields: ReadonlyMap<string, FieldPlan>;
  /** Those that are written whether or not something was said of them. */
  readonly always: readonly FieldPlan[];
}

const plans = new WeakMap<GoStruct, StructPlan>();

function planOf(type: GoStruct): StructPlan {
  const known = plans.get(type);
  if (known) return known;
  const fields = new Map<string, FieldPlan>();
  for (const [key, { field }] of type.fields) {
    const read = readerOf(field.type);
    const { kind } = field.type;
    const empty = zero(field.type);
    fields.set(key, {
      name: field.name,
      read,
      write: writerOf(field, type.text),
      nothing: kind === 'struct' || kind === 'special' ? (_, reading) => read(null, reading) : () => empty,
    });
  }
  const always = type.always.flatMap(({ name }) => fields.get(name) ?? []);
  const made = { fields, always };
  plans.set(type, made);
  return made;
}

const noFields: JsonObject = {};

export function readStruct(value: unknown, type: GoStruct, reading: Reading): JsonObject {
  if (value !== null && !isObject(value)) reading.mismatch(value, type);
  const body = isObject(value) ? value : noFields;
  const { fields, always } = planOf(type);
  const { steps, nils } = reading;
  const out: JsonObject = {};
  for (const key of reading.keys(body, type)) {
    const item = body[key];
    if (item === undefined) continue;
    const field = fields.get(key);
    steps.push(key);
    if (field) field.write(out, field.read(item, reading), nils);
    else reading.unknownField();
    steps.pop();
  }
  for (const field of always) if (!(field.name in out)) field.write(out, field.nothing(null, reading), nils);
  return out;
}

function readSlice(items: readonly unknown[], read: Reader, reading: Reading): unknown[] {
  const { steps } = reading;
  return items.map((item, index) => {
    steps.push(index);
    const value = read(item, reading) ?? null;
    steps.pop();
    return value;
  });
}

function readMap(value: JsonObject, element: GoType, read: Reader, reading: Reading): JsonObject {
  const { steps } = reading;
  // Bytes that are not there come back from the store as none.
  const nothing = element.kind === 'bytes' ? '' : null;
  const out: JsonObject = {};
  for (const key of reading.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    steps.push(key);
    const entry = read(item, reading) ?? nothing;
    steps.pop();
    // `__proto__` is a key as any other; only assigning to it does something else.
    if (key !== '__proto__') out[key] = entry;
    else Object.defineProperty(out, key, { value: entry, enumerable: true, writable: true, configurable: true });
  }
  return out;
}

function readBytes(value: unknown, reading: Reading): string | undefined {
  if (typeof value === 'string') {
    const problem = base64Problem(value);
    const where = reading.dialect.namesFields ? '' : 'error decoding from json: ';
    if (problem !== undefined) reading.note(`${where}illegal base64 data at input byte ${problem}`);
    return value.replace(/[\r\n]/g, '');
  }
  if (!Array.isArray(value)) return undefined;
  // A list of numbers is bytes as well: encoding/json reads them one by one.
  const bytes = value.map((item) => readerOf(byte)(item, reading));
  return encodeBytes(bytes.map((one) => (typeof one === 'number' ? one : 0)));
}

const byte: GoType = { kind: 'int', text: 'uint8', bits: 8, unsigned: true };

function specialReader(special: GoSpecial): Reader {
  switch (special) {
    case 'any':
      return (value) => (value === null ? undefined : cloneJson(value));
    case 'quantity':
      return (value) => accepted(readQuantity(value));
    case 'int-or-string':
      return (value, reading) => {
        if (typeof value === 'string') return value;
        if (value === null) return 0;
        return typeof value === 'number' && fits(value, 32, false) ? value : reading.abort(value, 'int32');
      };
    case 'duration':
      return (value, reading) => {
        if (value === null) return '0s';
        return typeof value === 'string' ? value : reading.abort(value, 'string');
      };
    case 'time':
    case 'micro-time':
      return (value, reading) => {
        if (value === null) return null;
        return typeof value === 'string'
          ? accepted(readTime(value, special === 'micro-time'))
          : reading.abort(value, 'string');
      };
  }
}

function accepted(result: SpecialResult): unknown {
  if ('refusal' in result) throw new Abort(result.refusal);
  return result.value;
}
