import type { ResourceMap } from './generated/resource-map';
import type { ObjectMeta, OwnerReference } from './generated/meta-v1';

export type { ResourceMap, ObjectMeta, OwnerReference };

/** A JSON object whose fields nobody has looked at yet. */
export type JsonObject = { [field: string]: unknown };

/** Any stored object. Objects that left the store are never changed in place: write a new one. */
export type KubeObject = {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
};

/** `pods`, `deployments.apps`: plural, and the group where there is one. */
export type ResourceName = keyof ResourceMap;

/** An object on its way in: the server fills in what a stored one always has. */
export type Draft<T> = Omit<T, 'metadata' | 'status'> & {
  metadata: Partial<ObjectMeta>;
  status?: unknown;
};

/** What an event, a decision or a log line is about. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  /** `spec.containers{nginx}` */
  readonly fieldPath?: string;
}

/** Whether a JSON value is an object: no list, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A reference that names one object among all, as events and owners hold it. */
export function referenceTo(object: KubeObject, fieldPath?: string): ObjectReference {
  const { namespace, name, uid, resourceVersion } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, namespace, name, uid, resourceVersion, fieldPath };
}

/** The owner reference with `controller: true`, if any. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller === true);
}

/** Structural equality of JSON values; an absent field equals an undefined one. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!deepEqual(a[i], b[i])) return false;
    return true;
  }
  if (!isObject(a) || !isObject(b)) return false;
  // Not `for … in`: an engine that compiles a field's read for the names it has met starts anew at every other name.
  let present = 0;
  for (const key of Object.keys(a)) {
    const value = a[key];
    if (value !== b[key] && !deepEqual(value, b[key])) return false;
    if (value !== undefined) present++;
  }
  const others = Object.keys(b);
  if (others.length === present) return true;
  for (const key of others) if (b[key] !== undefined && a[key] === undefined) return false;
  return true;
}

/** A copy of a JSON value, down to the last of it. */
export function cloneJson<T>(value: T): T;
export function cloneJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => cloneJson(item));
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    // `__proto__` is a key as any other; only assigning to it does something else.
    if (key !== '__proto__') copy[key] = cloneJson(item);
    else
      Object.defineProperty(copy, key, {
        value: cloneJson(item),
        enumerable: true,
        writable: true,
        configurable: true,
      });
  }
  return copy;
}
