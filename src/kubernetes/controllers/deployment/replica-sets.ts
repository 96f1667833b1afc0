import type { Deployment, ReplicaSet } from '../../api/generated/apps-v1';
import type { PodTemplateSpec } from '../../api/generated/core-v1';
import { deepEqual } from '../../api/object';
import { revisionOf } from './annotations';
import { sizeOf } from './rolling';

export const hashLabel = 'pod-template-hash';

/** Older first; of the same second, by name. Upstream: `ReplicaSetsByCreationTimestamp` */
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  return (
    compare(a.metadata.creationTimestamp, b.metadata.creationTimestamp) || compare(a.metadata.name, b.metadata.name)
  );
}

/** Older first; of the same second, the larger first: `ReplicaSetsBySizeOlder`. */
export function bySizeOlder(a: ReplicaSet, b: ReplicaSet): number {
  return sizeOf(b) - sizeOf(a) || byCreation(a, b);
}

/** Larger first; of the same size, the newer first: `ReplicaSetsBySizeNewer`. */
export function bySizeNewer(a: ReplicaSet, b: ReplicaSet): number {
  return sizeOf(b) - sizeOf(a) || byCreation(b, a);
}

/** `ReplicaSetsByRevision`. */
export function byRevision(a: ReplicaSet, b: ReplicaSet): number {
  return revisionOf(a) - revisionOf(b) || byCreation(a, b);
}

/** Those that are to have any Pod: upstream `FilterActiveReplicaSets`. */
export function active(sets: readonly (ReplicaSet | undefined)[]): ReplicaSet[] {
  return sets.filter((set): set is ReplicaSet => set !== undefined && sizeOf(set) > 0);
}

/** Templates alike but for the hash label: `EqualIgnoreHash`. */
export function sameTemplate(a: PodTemplateSpec | undefined, b: PodTemplateSpec | undefined): boolean {
  if (!a || !b) return deepEqual(withoutHash(a), withoutHash(b));
  const known = compared.get(a);
  if (known?.to === b) return known.same;
  const same = deepEqual(withoutHash(a), withoutHash(b));
  compared.set(a, { to: b, same });
  return same;
}

/** Stored templates never change, and the same two are compared at every sync. */
const compared = new WeakMap<PodTemplateSpec, { readonly to: PodTemplateSpec; readonly same: boolean }>();

/** The ReplicaSet that has the Deployment's template (the oldest, if there are several): `FindNewReplicaSet`. */
export function findNew(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return [...sets].sort(byCreation).find((set) => sameTemplate(set.spec.template, deployment.spec.template));
}

function withoutHash(template: PodTemplateSpec | undefined): unknown {
  const { [hashLabel]: _hash, ...labels } = template?.metadata?.labels ?? {};
  const { creationTimestamp: _time, ...metadata } = { creationTimestamp: undefined, ...template?.metadata };
  return { ...template, metadata: { ...metadata, labels } };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
