import { goQuote } from '../../api/field-error';
import type { JsonObject } from '../../api/object';
import type { DecoderFacts } from '../../api/versions/decoder-facts';
import type { GoStruct, GoType } from '../schema/go-type';
import { type Dialect, jsonKind, numberText } from './dialect';
import type { NilField } from './field-writer';

type FieldEntry = NonNullable<ReturnType<GoStruct['fields']['get']>>;

/** Keys and list indexes from the object's root. */
export type DecodePath = readonly (string | number)[];

/** Ends the decoding at once, as the error of a type that reads itself does in Go. */
export class Abort extends Error {}

/** Ends a reading that is not in order at its first mistake: it is told by one that is. */
const outOfOrder = new Abort('out of order');

/** One body on its way into a Go type: where it is being read, and what is wrong with it. */
export class Reading {
  /** Keys and indexes down to the value that is being read. */
  readonly steps: (string | number)[] = [];
  /** Unknown fields by what is said of them. */
  readonly strict = new Map<string, DecodePath>();
  readonly nils: NilField[] = [];
  firstError: { readonly error: string; readonly path: DecodePath } | undefined;

  constructor(
    private readonly root: GoStruct,
    private readonly facts: DecoderFacts,
    readonly dialect: Dialect,
    /** Whether keys are read in the order that decides which of several mistakes is told. */
    private readonly sorted: boolean,
  ) {}

  get path(): DecodePath {
    return [...this.steps];
  }

  /** The keys of an object in the order in which they are read; of a struct, where `type` is given. */
  keys(value: JsonObject, type?: GoStruct): string[] {
    const keys = Object.keys(value);
    if (!this.sorted) return keys;
    if (!type || !this.dialect.typeOrder) return keys.sort();
    const order = [...type.fields.keys()];
    const rank = (key: string) => (type.fields.has(key) ? order.indexOf(key) : order.length);
    return keys.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  }

  /** The field at `steps` is none of its struct's. */
  unknownField(): void {
    if (!this.sorted) throw outOfOrder;
    const steps = this.steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
    const text = `unknown field ${goQuote(steps.join('').slice(1))}`;
    if (!this.strict.has(text)) this.strict.set(text, this.path);
  }

  mismatch(value: unknown, type: GoType): void {
    const text = this.dialect.mismatch(value, type);
    if (this.dialect.aborts) throw new Abort(text);
    this.note(`${text} ${this.place} of type ${type.text}`);
  }

  note(error: string): void {
    if (!this.sorted) throw outOfOrder;
    this.firstError ??= { error, path: this.path };
  }

  /** The error of a type that reads itself: it wins over an earlier mismatch. */
  abort(value: unknown, type: string): never {
    const literal = type !== 'string' && typeof value === 'number' ? ` ${numberText(value)}` : '';
    throw new Abort(`json: cannot unmarshal ${jsonKind(value)}${literal} into ${this.place} of type ${type}`);
  }

  /** `Go struct field PodSpec.spec.hostNetwork`: the innermost struct, and the fields of all of them on the way. */
  private get place(): string {
    if (!this.dialect.namesFields) return 'Go value';
    const fields: string[] = [];
    let structName = '';
    let type: GoType = this.root;
    for (const step of this.steps) {
      while (type.kind === 'pointer') type = type.element;
      if (type.kind === 'slice' || type.kind === 'map') {
        type = type.element;
        continue;
      }
      const entry: FieldEntry | undefined = type.kind === 'struct' ? type.fields.get(String(step)) : undefined;
      if (type.kind !== 'struct' || !entry) break;
      if (this.facts.pathsNameEmbeddedStructs) fields.push(...entry.through);
      fields.push(String(step));
      structName = type.name;
      type = entry.field.type;
    }
    return `Go struct field ${structName}.${fields.join('.')}`;
  }
}
