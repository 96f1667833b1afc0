import { jsonMerge } from '../../apiserver/patch/json-merge';
import type { KubernetesVersion } from '../kind';

/** For every older minor, newest first, the JSON merge patch that makes its table of the next newer one's. */
export type Patches = Readonly<Record<Exclude<KubernetesVersion, '1.36'>, unknown>>;

/** A table of v1.36 as it is in the given minor. The patches must keep its shape: they are made from the same facts. */
export function asOf<T>(newest: T, patches: Patches, version: KubernetesVersion): T {
  const steps = (['1.35', '1.34'] as const).filter((minor) => version <= minor);
  return steps.reduce<T>((table, minor) => jsonMerge(table, patches[minor]) as T, newest);
}
