import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject, type KubeObject } from '@/kubernetes/api/object';
import { type GoStruct, type GoType, goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import { sortedKeys } from '@/kubernetes/strconv/go-json';

/**
 * An object with its fields in the order of their Go structs, as commands that work on typed objects (`create`, `run`,
 * `expose`, `set`) and the server itself write JSON. Kinds without a known type keep their keys sorted.
 */
export function inTypedOrder(object: KubeObject, minor: KubernetesVersion): KubeObject {
  const { items, ...list } = object as KubeObject & { readonly items?: unknown };
  if (Array.isArray(items)) {
    const type = goTypeOf(object.apiVersion, object.kind.replace(/List$/, ''), minor);
    const { kind, apiVersion, metadata } = list;
    // A list is its own type, made of what its items are.
    return { kind, apiVersion, metadata, items: items.map((item) => ordered(item, type)) } as unknown as KubeObject;
  }
  const type = goTypeOf(object.apiVersion, object.kind, minor);
  // Only the order of the keys changes.
  return ordered(object, type) as KubeObject;
}

function ordered(value: unknown, type: GoType | undefined): unknown {
  if (type?.kind === 'pointer') return ordered(value, type.element);
  if (Array.isArray(value))
    return value.map((item) => ordered(item, type?.kind === 'slice' ? type.element : undefined));
  if (!isObject(value)) return value;
  const keys = sortedKeys(value);
  if (type?.kind !== 'struct') {
    const element = type?.kind === 'map' ? type.element : undefined;
    return Object.fromEntries(keys.map((key) => [key, ordered(value[key], element)]));
  }
  const known = [...type.fields.keys()].filter((key) => value[key] !== undefined);
  const others = keys.filter((key) => !type.fields.has(key));
  return Object.fromEntries(
    [...known, ...others].map((key) => [key, ordered(value[key], type.fields.get(key)?.field.type)]),
  );
}

/**
 * A manifest as a typed object: with the fields that Go writes even where nothing is set (`status: {}`, `strategy: {}`,
 * `resources: {}`). What `kubectl set --local` prints.
 */
export function asTyped(object: KubeObject, minor: KubernetesVersion): KubeObject {
  const type = goTypeOf(object.apiVersion, object.kind, minor);
  // Fields are added, none is taken away.
  return filled(object, type) as KubeObject;
}

function filled(value: unknown, type: GoType | undefined): unknown {
  const inner = type?.kind === 'pointer' ? type.element : type;
  if (Array.isArray(value))
    return value.map((item) => filled(item, inner?.kind === 'slice' ? inner.element : undefined));
  if (!isObject(value) || inner?.kind !== 'struct') return value;
  const known = Object.entries(value).map(
    ([key, item]) => [key, filled(item, inner.fields.get(key)?.field.type)] as const,
  );
  return { ...emptyStruct(inner), ...Object.fromEntries(known) };
}

/** The structs inside a struct that encoding/json never leaves out. */
function emptyStruct({ always }: GoStruct): { [field: string]: unknown } {
  return Object.fromEntries(
    always.flatMap(({ name, type }) => (type.kind === 'struct' ? [[name, emptyStruct(type)] as const] : [])),
  );
}
