import type { JsonObject } from '@/kubernetes/api/object';

/**
 * An answer of the API server as the kind that was asked for. This and `typedList` are where kubectl's objects get their
 * static types: the server stores nothing under a resource that it has not decoded as that resource's kind.
 */
export function typedAs<T extends JsonObject>(object: JsonObject): T {
  return object as T;
}

/** A list of answers as the kind that was asked for. */
export function typedList<T extends JsonObject>(objects: readonly JsonObject[]): T[] {
  return objects as T[];
}
