import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject, type KubeObject } from '@/kubernetes/api/object';
import { type GoType, goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import { sortedKeys } from './go-json';

/**
 * An object with its fields in the order of their Go structs, as commands that work on typed objects (`create`, `run`,
 * `expose`, `set`) and the server itself write JSON. Kinds without a known type keep their keys sorted.
 */
export function inTypedOrder(object: KubeObject, minor: KubernetesVersion): KubeObject {
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
