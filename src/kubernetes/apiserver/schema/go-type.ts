import type { KubernetesVersion } from '../../api/kind';
import { asOf } from '../../api/versions/as-of';
import patches from '../../api/versions/types.json';
import schema from './v1.36.json';

/** How server-side apply and strategic merge patches treat a list, map or struct. */
export interface MergeRules {
  /** Strategic merge: `merge`, and the key by which items of a list of maps are told apart. */
  readonly patchMerge: boolean;
  readonly patchMergeKey?: string;
  readonly retainKeys: boolean;
  readonly replace: boolean;
  /** Server-side apply: the keys of an associative list; `set`; `atomic`. */
  readonly listMapKeys?: readonly string[];
  readonly set: boolean;
  readonly atomic: boolean;
}

export interface GoField {
  /** The name in JSON; of an embedded struct its Go name. */
  readonly name: string;
  readonly type: GoType;
  readonly embedded: boolean;
  readonly omitEmpty: boolean;
  /** An empty struct is left out as well. */
  readonly omitZero: boolean;
  readonly rules: MergeRules;
  /** The default an absent key of an associative list counts as: `TCP`. */
  readonly default?: unknown;
}

/** A struct with its embedded structs dissolved. */
export interface GoStruct {
  readonly kind: 'struct';
  /** As Go prints it: `v1.Container`. */
  readonly text: string;
  /** Without its package: `Container`. */
  readonly name: string;
  /** Every field reachable by its JSON name, and the Go names of the embedded structs on the way to it. */
  readonly fields: ReadonlyMap<string, { readonly field: GoField; readonly through: readonly string[] }>;
  /** The fields that are written even when they hold nothing. */
  readonly always: readonly GoField[];
  readonly atomic: boolean;
}

/** Types that read and write themselves. */
export type GoSpecial = 'quantity' | 'int-or-string' | 'time' | 'micro-time' | 'duration' | 'any';

/** A Go type as encoding/json sees it. `text` is what error messages call it. */
export type GoType =
  | GoStruct
  | { readonly kind: 'pointer'; readonly text: string; readonly element: GoType }
  | { readonly kind: 'slice'; readonly text: string; readonly element: GoType }
  | { readonly kind: 'bytes'; readonly text: string }
  | { readonly kind: 'map'; readonly text: string; readonly element: GoType }
  | { readonly kind: 'string' | 'bool' | 'float64'; readonly text: string }
  | { readonly kind: 'int'; readonly text: string; readonly bits: number; readonly unsigned: boolean }
  | { readonly kind: 'special'; readonly text: string; readonly special: GoSpecial };

interface SchemaTable {
  readonly kinds: Readonly<Record<string, string>>;
  readonly others: Readonly<Record<string, readonly string[]>>;
  readonly structs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly named: Readonly<Record<string, string>>;
}

const newest: SchemaTable = schema;

const specials: Readonly<Record<string, GoSpecial>> = {
  'resource.Quantity': 'quantity',
  'intstr.IntOrString': 'int-or-string',
  'meta/v1.Time': 'time',
  'meta/v1.MicroTime': 'micro-time',
  'meta/v1.Duration': 'duration',
};

/** The types of one Kubernetes minor; each is built when it is first asked for. */
class TypeTable {
  private readonly known = new Map<string, GoType>();

  readonly table: SchemaTable;

  constructor(version: KubernetesVersion) {
    this.table = asOf(newest, patches, version);
  }

  resolve(expression: string): GoType {
    const known = this.known.get(expression);
    if (known) return known;
    const made = this.build(expression);
    this.known.set(expression, made);
    return made;
  }

  private build(expression: string): GoType {
    const text = printed(expression);
    if (expression.startsWith('*')) return this.lazy({ kind: 'pointer', text }, expression.slice(1));
    if (expression === '[]uint8') return { kind: 'bytes', text };
    if (expression.startsWith('[]')) return this.lazy({ kind: 'slice', text }, expression.slice(2));
    if (expression.startsWith('map[')) return this.lazy({ kind: 'map', text }, afterBracket(expression));
    const fields = this.table.structs[expression];
    if (fields) return this.struct(text, fields);
    const underlying = this.table.named[expression];
    if (underlying) return { ...this.build(underlying), text };
    const special = specials[expression];
    if (special) return { kind: 'special', text, special };
    const integer = /^(u?)int(\d*)$/.exec(expression);
    if (integer) return { kind: 'int', text, bits: Number(integer[2] || 64), unsigned: integer[1] === 'u' };
    if (expression === 'string' || expression === 'bool' || expression === 'float64') return { kind: expression, text };
    return { kind: 'special', text, special: 'any' };
  }

  /** Types may contain themselves, so what is inside is looked up on use. */
  private lazy(head: { kind: 'pointer' | 'slice' | 'map'; text: string }, inner: string): GoType {
    let element: GoType | undefined;
    const resolve = () => this.resolve(inner);
    return {
      ...head,
      get element() {
        return (element ??= resolve());
      },
    };
  }

  private struct(text: string, rows: Readonly<Record<string, string>>): GoStruct {
    let fields: GoStruct['fields'] | undefined;
    let always: readonly GoField[] | undefined;
    const build = () => (fields ??= this.fieldsOf(rows));
    return {
      kind: 'struct',
      text,
      name: text.slice(text.indexOf('.') + 1),
      atomic: rows['*'] === 'atomic',
      get fields() {
        return fields ?? build();
      },
      get always() {
        return (always ??= [...build().values()].map((entry) => entry.field).filter(isAlwaysWritten));
      },
    };
  }

  private fieldsOf(rows: Readonly<Record<string, string>>): GoStruct['fields'] {
    const fields = new Map<string, { field: GoField; through: readonly string[] }>();
    for (const [name, row] of Object.entries(rows)) {
      if (name === '*') continue;
      const field = this.field(name, row);
      if (!field.embedded) {
        fields.set(name, { field, through: [] });
        continue;
      }
      const inner = field.type.kind === 'pointer' ? field.type.element : field.type;
      if (inner.kind !== 'struct') continue;
      for (const [innerName, { field: innerField, through }] of inner.fields) {
        if (!fields.has(innerName)) fields.set(innerName, { field: innerField, through: [name, ...through] });
      }
    }
    return fields;
  }

  private field(name: string, row: string): GoField {
    const [head = '', ...words] = row.split(' ');
    const valueOf = (prefix: string) => words.find((word) => word.startsWith(prefix))?.slice(prefix.length);
    const fallback = valueOf('default:');
    let type: GoType | undefined;
    const resolve = () => this.resolve(head.replace(/^~|\?+$/g, ''));
    return {
      name,
      get type() {
        return (type ??= resolve());
      },
      embedded: head.startsWith('~'),
      omitEmpty: head.endsWith('?'),
      omitZero: head.endsWith('??'),
      rules: {
        patchMerge: words.some((word) => word === 'merge' || word.startsWith('merge:')),
        patchMergeKey: valueOf('merge:'),
        retainKeys: words.includes('retainKeys'),
        replace: words.includes('replace'),
        listMapKeys: valueOf('map:')?.split(','),
        set: words.includes('set'),
        atomic: words.includes('atomic'),
      },
      default: fallback === undefined ? undefined : (JSON.parse(fallback) as unknown), // from `any`
    };
  }
}

const tables = new Map<KubernetesVersion, TypeTable>();

function typesOf(version: KubernetesVersion): TypeTable {
  const existing = tables.get(version);
  if (existing) return existing;
  const created = new TypeTable(version);
  tables.set(version, created);
  return created;
}

/** `goTypeOf('apps/v1', 'Deployment', '1.36')`; undefined for a kind that is not served. */
export function goTypeOf(groupVersion: string, kind: string, version: KubernetesVersion): GoStruct | undefined {
  const types = typesOf(version);
  const id = types.table.kinds[`${groupVersion}/${kind}`];
  const type = id === undefined ? undefined : types.resolve(id);
  return type?.kind === 'struct' ? type : undefined;
}

/** Whether the server knows the kind at all, served or not: `apps/v1beta1` and `PodList` are known. */
export function isRegistered(groupVersion: string, kind: string, version: KubernetesVersion): boolean {
  const { table } = typesOf(version);
  if (`${groupVersion}/${kind}` in table.kinds) return true;
  return table.others[groupVersion]?.includes(kind) ?? false;
}

function isAlwaysWritten({ type, omitEmpty, omitZero }: GoField): boolean {
  if (!omitEmpty) return true;
  if (omitZero) return false;
  // encoding/json never counts a struct as empty.
  return type.kind === 'struct' || (type.kind === 'special' && type.special !== 'any');
}

/** `[]core/v1.Container` → `[]v1.Container` */
function printed(expression: string): string {
  return expression.replace(/[a-z0-9]+\/(?=v\d)/g, '');
}

function afterBracket(expression: string): string {
  let depth = 0;
  for (let i = 3; i < expression.length; i++) {
    if (expression[i] === '[') depth++;
    if (expression[i] === ']' && --depth === 0) return expression.slice(i + 1);
  }
  return '';
}
