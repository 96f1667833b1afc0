import { goQuote } from '../../api/field-error';
import { isObject, type JsonObject } from '../../api/object';
import type { GoField, GoSpecial, GoStruct, GoType } from '../schema/go-type';
import { type DecoderFacts } from '../../api/versions/decoder-facts';
import { encodeBytes } from '../../api/base64';
import { type Dialect, fits, jsonDialect, jsonKind, numberText } from './dialect';
import { base64Problem, readQuantity, readTime } from './special-values';

/** A field that holds nothing: once the object is stored it is written as `null`, or not at all. */
export interface NilField {
  readonly owner: JsonObject;
  readonly field: string;
  readonly omit: boolean;
}

export type Decoded =
  | {
      readonly ok: true;
      /** The object as Go would write it again: absent where Go leaves out, `{}` where it does not. */
      readonly object: JsonObject;
      /** `unknown field "spec.hostNetwrok"`, in the order of the body, each once. */
      readonly strict: readonly string[];
      /** Where each of them stands. */
      readonly strictPaths: readonly DecodePath[];
      readonly nils: readonly NilField[];
    }
  | {
      readonly ok: false;
      readonly error: string;
      /** Where the value stands that does not fit. */
      readonly path: DecodePath;
    };

/** Keys and list indexes from the object's root. */
export type DecodePath = readonly (string | number)[];

/** Ends the decoding at once, as the error of a type that reads itself does in Go. */
class Abort extends Error {}

const byte: GoType = { kind: 'int', text: 'uint8', bits: 8, unsigned: true };

/** Lists that upstream's defaults leave alone when they are there and empty; all others count as not there. */
const tellsEmptyFromNone: ReadonlySet<string> = new Set(['v2.HPAScalingRules.policies']);

/** Upstream lists no more strict errors than this. sigs.k8s.io/json `kubernetes_patch.go` */
const strictLimit = 100;

/**
 * Reads JSON into a Go type as the server does: names are case-sensitive, `null` is nothing, and a wrong type hides
 * unknown fields. The result is a fresh value.
 */
export function decode(body: JsonObject, type: GoStruct, facts: DecoderFacts, dialect = jsonDialect): Decoded {
  const result = new Decoder(facts, dialect, false).run(body, type);
  if (result.ok && result.strict.length === 0) return result;
  // Which error comes first depends on the order of keys, and clients send them sorted.
  return new Decoder(facts, dialect, true).run(body, type);
}

class Decoder {
  private readonly strict = new Map<string, DecodePath>();
  private readonly nils: NilField[] = [];
  /** Names for type errors: `spec`, `containers`, `ports`. */
  private readonly fields: string[] = [];
  /** Steps for strict errors: `.spec`, `.containers`, `[0]`. */
  private readonly steps: string[] = [];
  private structName = '';
  private firstError: { readonly error: string; readonly path: DecodePath } | undefined;

  constructor(
    private readonly facts: DecoderFacts,
    private readonly dialect: Dialect,
    private readonly sorted: boolean,
  ) {}

  run(body: JsonObject, type: GoStruct): Decoded {
    try {
      const object = this.struct(body, type);
      if (this.firstError !== undefined) return { ok: false, ...this.firstError };
      const strict = [...this.strict].slice(0, strictLimit);
      return {
        ok: true,
        object,
        strict: strict.map(([text]) => text),
        strictPaths: strict.map(([, path]) => path),
        nils: this.nils,
      };
    } catch (error) {
      if (error instanceof Abort) return { ok: false, error: error.message, path: this.path };
      throw error;
    }
  }

  private value(value: unknown, type: GoType): unknown {
    switch (type.kind) {
      case 'struct':
        if (value !== null && !isObject(value)) this.mismatch(value, type);
        return this.struct(isObject(value) ? value : {}, type);
      case 'pointer':
        return value === null ? undefined : this.value(value, type.element);
      case 'special':
        return this.special(value, type.special);
      default:
        return value === null ? zero(type) : this.plain(value, type);
    }
  }

  private plain(value: unknown, type: Exclude<GoType, { kind: 'struct' | 'pointer' | 'special' }>): unknown {
    switch (type.kind) {
      case 'string':
        if (typeof value === 'string') return value;
        break;
      case 'bool':
        if (typeof value === 'boolean') return value;
        break;
      case 'float64':
        if (typeof value === 'number') return value;
        break;
      case 'int': {
        const whole = typeof value === 'number' ? this.dialect.integer(value, type.bits, type.unsigned) : undefined;
        if (whole !== undefined) return whole;
        break;
      }
      case 'bytes':
        if (typeof value === 'string') return this.bytes(value);
        if (Array.isArray(value)) return this.byteList(value);
        break;
      case 'slice':
        if (Array.isArray(value)) return this.slice(value, type.element);
        break;
      case 'map':
        if (isObject(value)) return this.map(value, type.element);
        break;
    }
    this.mismatch(value, type);
    return zero(type);
  }

  private struct(value: JsonObject, type: GoStruct): JsonObject {
    const out: JsonObject = {};
    const outer = this.structName;
    const depth = this.fields.length;
    for (const key of this.keys(value, type)) {
      const entry = type.fields.get(key);
      this.steps.push(`.${key}`);
      if (!entry) {
        const text = `unknown field ${goQuote(this.steps.join('').slice(1))}`;
        if (!this.strict.has(text)) this.strict.set(text, this.path);
      } else {
        if (this.facts.pathsNameEmbeddedStructs) this.fields.push(...entry.through);
        this.fields.push(key);
        this.structName = type.name;
        this.put(
          out,
          entry.field,
          this.value(value[key], entry.field.type),
          tellsEmptyFromNone.has(`${type.text}.${key}`),
        );
        this.fields.length = depth;
        this.structName = outer;
      }
      this.steps.pop();
    }
    for (const field of type.always) {
      if (!(field.name in out)) this.put(out, field, this.nothing(field.type));
    }
    return out;
  }

  /** Writes a field as encoding/json would: or not at all. */
  private put(owner: JsonObject, field: GoField, value: unknown, keepsEmpty = false): void {
    const empty = isEmpty(value, field);
    // Rules tell an empty map from none; both are left out in the end.
    const emptyMap = empty && (field.type.kind === 'map' || keepsEmpty) && value !== undefined;
    if (emptyMap) this.nils.push({ owner, field: field.name, omit: field.omitEmpty });
    if (field.omitEmpty && empty && !emptyMap) return;
    if (value !== undefined) {
      owner[field.name] = value;
      if (empty && field.type.kind === 'slice') this.nils.push({ owner, field: field.name, omit: false });
      return;
    }
    if (field.omitEmpty) return;
    this.nils.push({ owner, field: field.name, omit: false });
    if (field.type.kind === 'slice') owner[field.name] = nilList();
  }

  private nothing(type: GoType): unknown {
    if (type.kind === 'struct') return this.struct({}, type);
    if (type.kind !== 'special') return zero(type);
    return this.special(null, type.special);
  }

  private slice(items: readonly unknown[], element: GoType): unknown[] {
    const depth = this.steps.length;
    return items.map((item, index) => {
      this.steps.push(`[${index}]`);
      const value = this.value(item, element) ?? null;
      this.steps.length = depth;
      return value;
    });
  }

  private map(value: JsonObject, element: GoType): JsonObject {
    const out: JsonObject = {};
    for (const key of this.keys(value)) {
      this.steps.push(`.${key}`);
      // `__proto__` and its like are keys as any other; bytes that are not there come back from the store as none.
      const entry = this.value(value[key], element) ?? (element.kind === 'bytes' ? '' : null);
      Object.defineProperty(out, key, { value: entry, enumerable: true, writable: true, configurable: true });
      this.steps.pop();
    }
    return out;
  }

  /** A list of numbers is bytes as well: encoding/json reads them one by one. */
  private byteList(items: readonly unknown[]): string {
    const bytes = items.map((item) => this.value(item, byte));
    return encodeBytes(bytes.map((one) => (typeof one === 'number' ? one : 0)));
  }

  private bytes(text: string): string {
    const problem = base64Problem(text);
    if (problem !== undefined) this.note(`illegal base64 data at input byte ${problem}`);
    return text.replace(/[\r\n]/g, '');
  }

  private special(value: unknown, special: GoSpecial): unknown {
    switch (special) {
      case 'any':
        return value === null ? undefined : structuredClone(value);
      case 'quantity':
        return this.accepted(readQuantity(value));
      case 'int-or-string':
        if (typeof value === 'string') return value;
        if (value === null) return 0;
        if (typeof value === 'number' && fits(value, 32, false)) return value;
        return this.abort(value, 'int32');
      case 'duration':
        return typeof value === 'string' ? value : value === null ? '0s' : this.abort(value, 'string');
      case 'time':
      case 'micro-time':
        if (value === null) return null;
        if (typeof value !== 'string') return this.abort(value, 'string');
        return this.accepted(readTime(value, special === 'micro-time'));
    }
  }

  private accepted(result: { value: unknown } | { refusal: string }): unknown {
    if ('refusal' in result) throw new Abort(result.refusal);
    return result.value;
  }

  /** The error of a type that reads itself: it wins over an earlier mismatch. */
  private abort(value: unknown, type: string): never {
    const literal = type !== 'string' && typeof value === 'number' ? ` ${numberText(value)}` : '';
    throw new Abort(`json: cannot unmarshal ${jsonKind(value)}${literal} into ${this.place} of type ${type}`);
  }

  private mismatch(value: unknown, type: GoType): void {
    const text = this.dialect.mismatch(value, type);
    if (this.dialect.aborts) throw new Abort(text);
    this.note(`${text} ${this.place} of type ${type.text}`);
  }

  private note(error: string): void {
    this.firstError ??= { error, path: this.path };
  }

  private get path(): DecodePath {
    return this.steps.map((step) => (step.startsWith('.') ? step.slice(1) : Number(step.slice(1, -1))));
  }

  private get place(): string {
    return this.dialect.namesFields ? `Go struct field ${this.structName}.${this.fields.join('.')}` : 'Go value';
  }

  private keys(value: JsonObject, type?: GoStruct): string[] {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    if (!this.sorted) return keys;
    if (!type || !this.dialect.typeOrder) return keys.sort();
    const order = [...type.fields.keys()];
    const rank = (key: string) => (type.fields.has(key) ? order.indexOf(key) : order.length);
    return keys.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  }
}

/** A list that Go holds as nil: empty to all who look at it, `null` in the texts of validation. */
function nilList(): unknown[] {
  const list: unknown[] = [];
  const toJSON = () => (list.length === 0 ? null : [...list]);
  return Object.defineProperty(list, 'toJSON', { value: toJSON, enumerable: false });
}

function zero(type: GoType): unknown {
  switch (type.kind) {
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'int':
    case 'float64':
      return 0;
    default:
      return undefined;
  }
}

function isEmpty(value: unknown, field: GoField): boolean {
  switch (field.type.kind) {
    case 'struct':
      return false;
    case 'pointer':
      return value === undefined;
    case 'special':
      return value === undefined || (field.omitZero && value === null);
    case 'slice':
      return value === undefined || (Array.isArray(value) && value.length === 0);
    case 'map':
      return value === undefined || (isObject(value) && Object.keys(value).length === 0);
    default:
      return value === undefined || value === '' || value === 0 || value === false;
  }
}
