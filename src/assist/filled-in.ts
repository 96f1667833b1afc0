import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { deepEqual, isObject, type JsonObject } from '@/kubernetes/api/object';
import { podOf, type ReadObject, readObject } from './objects';

/** A field that the server adds, or one whose value it changes. */
export interface FilledIn {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  /** In the object itself when it is stored, or only in the Pods that are made of it. */
  readonly where: 'object' | 'pod';
}

/** What the server adds to an object that holds `value`: computed by letting it do so. */
export function filledIn(object: ReadObject, minor: KubernetesVersion): FilledIn[] {
  const stored = object.defaulted();
  const own = added(object.written(), stored, [], 'object');
  const made = podOf(stored);
  const pod = made && readObject(made.pod, minor);
  if (!made || !pod) return own;
  return [...own, ...added(pod.written(), pod.defaulted(), made.at, 'pod')];
}

/** The outermost fields that `after` has and `before` has not. */
function added(
  before: JsonObject,
  after: JsonObject,
  path: readonly (string | number)[],
  where: FilledIn['where'],
): FilledIn[] {
  return Object.entries(after).flatMap(([name, value]) => {
    const old = before[name];
    const here = [...path, name];
    if (deepEqual(old, value) || value === undefined || isNothing(value)) return [];
    if (isObject(old) && isObject(value) && Object.keys(old).length > 0) return added(old, value, here, where);
    if (Array.isArray(old) && Array.isArray(value) && old.length === value.length) {
      return value.flatMap((item: unknown, i) => {
        const oldItem: unknown = old[i];
        return isObject(item) && isObject(oldItem) ? added(oldItem, item, [...here, i], where) : [];
      });
    }
    return [{ path: here, value, where }];
  });
}

function isNothing(value: unknown): boolean {
  return value === null || (isObject(value) && Object.keys(value).length === 0);
}

/** The fields beside a filled-in one that make the server fill it in. */
export function causesOf(path: FilledIn['path']): readonly string[] {
  return causes[String(path.at(-1))] ?? [];
}

const causes: Readonly<Record<string, readonly string[]>> = {
  hostPort: ['containerPort'],
  protocol: ['containerPort', 'port'],
  imagePullPolicy: ['image'],
  targetPort: ['port'],
};
