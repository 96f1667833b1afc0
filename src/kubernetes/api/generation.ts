import { deepEqual, type KubeObject } from './object';

/**
 * Counts a change of the spec as a new generation, or of the annotations where the kind says so. Upstream: the
 * `PrepareForUpdate` of every kind that has generations.
 */
export function countGeneration<T extends KubeObject>(object: T, old: T, withAnnotations = false): void {
  const changed =
    !deepEqual(object.spec, old.spec) ||
    (withAnnotations && !deepEqual(object.metadata.annotations ?? {}, old.metadata.annotations ?? {}));
  object.metadata.generation = (old.metadata.generation ?? 0) + (changed ? 1 : 0);
}

/** Warnings about a template are given again only where something was changed. */
export function isNewGeneration(object: KubeObject, old: KubeObject | undefined): boolean {
  return object.metadata.generation !== old?.metadata.generation;
}
