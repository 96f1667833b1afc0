import type { KubernetesVersion } from '../../api/kind';
import { isObject } from '../../api/object';
import { canonicalQuantity } from '../../api/quantity';
import { structs } from '../../api/versions/go-structs';

interface Field {
  readonly name: string;
  readonly json: string;
  readonly type: string;
}

const builtin = /^(?:string|bool|u?int(?:8|16|32|64)?)$/;
const fields = new Map<string, readonly Field[]>();

/** The fields of a struct in one minor. */
function fieldsOf(struct: string, version: KubernetesVersion): readonly Field[] {
  const key = `${struct} ${version}`;
  const known = fields.get(key);
  if (known) return known;
  const minor = Number(version.split('.')[1]);
  const found = (structs[struct] ?? '').split(' ').flatMap((text) => {
    const [declaration = '', since] = text.split('@');
    const [first, last = Infinity] = (since ?? '0').split('-').map(Number);
    if (minor < (first ?? 0) || minor > last) return [];
    const colon = declaration.indexOf(':');
    const [name = '', json] = declaration.slice(0, colon).split('=');
    return [{ name, json: json ?? name.charAt(0).toLowerCase() + name.slice(1), type: declaration.slice(colon + 1) }];
  });
  fields.set(key, found);
  return found;
}

/**
 * A JSON value as Go prints the struct it decodes into: spew's `%#v` with sorted maps, without addresses. The type
 * stands before the value, as in a field; see `contents` for an element of a list.
 * Upstream: staging/src/k8s.io/apimachinery/pkg/util/dump/dump.go `ForHash`
 */
export function goDump(type: string, value: unknown, version: KubernetesVersion): string {
  return `(${shownType(type)})${contents(type, value, version)}`;
}

function contents(type: string, value: unknown, version: KubernetesVersion): string {
  if (type.startsWith('*'))
    return value === undefined || value === null ? '<nil>' : contents(type.slice(1), value, version);
  if (type.startsWith('[]')) {
    if (!Array.isArray(value) || value.length === 0) return '<nil>';
    return `[${value.map((item) => contents(type.slice(2), item, version)).join(' ')}]`;
  }
  if (type === 'ResourceList') return mapContents('Quantity', value, version);
  if (type.startsWith('map[')) return mapContents(type.slice(type.indexOf(']') + 1), value, version);
  if (type === 'Quantity') return quantity(value);
  if (type === 'IntOrString') return intOrString(value);
  if (type === 'Time') return '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}';
  if (structs[type] !== undefined) {
    const object = isObject(value) ? value : {};
    const parts = fieldsOf(type, version).map(
      ({ name, json, type: of }) => `${name}:${goDump(of, json === '' ? object : object[json], version)}`,
    );
    return `{${parts.join(' ')}}`;
  }
  if (value !== undefined && value !== null) return String(value);
  return type === 'bool' ? 'false' : type.includes('int') && builtin.test(type) ? '0' : '';
}

function mapContents(type: string, value: unknown, version: KubernetesVersion): string {
  const entries = isObject(value) ? Object.entries(value) : [];
  if (entries.length === 0) return '<nil>';
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, item]) => `${key}:${contents(type, item, version)}`).join(' ')}]`;
}

function shownType(type: string): string {
  const prefix = /^(?:\*|\[\]|map\[string\])*/.exec(type)?.[0] ?? '';
  const name = type.slice(prefix.length);
  if (builtin.test(name) || name.includes('.')) return prefix + name;
  if (name === 'Quantity') return `${prefix}resource.Quantity`;
  return `${prefix}${name === 'IntOrString' ? 'intstr' : 'v1'}.${name}`;
}

function intOrString(value: unknown): string {
  const text = typeof value === 'string';
  return `{Type:(intstr.Type)${text ? 1 : 0} IntVal:(int32)${text ? 0 : Number(value ?? 0)} StrVal:(string)${text ? value : ''}}`;
}

const decimalScales: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binaryPowers: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };

/** The text is remembered only where `ParseQuantity` finds it canonical at once. */
function quantity(value: unknown): string {
  if (value === undefined) return quantityParts(0n, 0, '', '');
  const text = canonicalQuantity(String(value)) ?? '0';
  const [, digits = '0', suffix = ''] = /^(-?\d+)(\w*)$/.exec(text) ?? [];
  const power = binaryPowers[suffix];
  if (power !== undefined) {
    const kept = BigInt(digits) % 8n !== 0n;
    return quantityParts(BigInt(digits) * 1024n ** BigInt(power), 0, kept ? text : '', 'BinarySI');
  }
  const kept = digits === '0' || (!digits.endsWith('000') && !digits.startsWith('0'));
  return quantityParts(BigInt(digits), decimalScales[suffix] ?? 0, kept ? text : '', 'DecimalSI');
}

function quantityParts(value: bigint, scale: number, text: string, format: string): string {
  return `{i:(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${text} Format:(resource.Format)${format}}`;
}
