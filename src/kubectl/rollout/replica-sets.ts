import type { Deployment, ReplicaSet } from '@/kubernetes/api/generated/apps-v1';
import type { PodTemplateSpec } from '@/kubernetes/api/generated/core-v1';
import { deepEqual } from '@/kubernetes/api/object';
import { ownedBy } from '../describe/owned';
import type { Invocation } from '../invocation';
import { typedList } from '../resource/typed';

/**
 * A Deployment's ReplicaSets: the one with its present template, and the rest. Upstream:
 * kubectl/pkg/util/deployment/deployment.go `GetAllReplicaSets`.
 */
export function replicaSetsOf(
  invocation: Invocation,
  deployment: Deployment,
): { readonly old: ReplicaSet[]; readonly current: ReplicaSet | undefined } {
  const owned = ownedBy(invocation, { ...deployment }, 'replicasets', 'apps', deployment.spec.selector);
  // The resource listed is that of ReplicaSets.
  const all = typedList<ReplicaSet>(owned).sort(byCreation);
  const wanted = withoutHash(deployment.spec.template);
  const current = all.find((one) => deepEqual(withoutHash(one.spec.template), wanted));
  return { old: all.filter((one) => one !== current), current };
}

/** The oldest first, those of one second by their names: `replicaSetsByCreationTimestamp`. */
function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  const key = ({ metadata }: ReplicaSet) => `${metadata.creationTimestamp ?? ''} ${metadata.name}`;
  return key(a) < key(b) ? -1 : 1;
}

/** `deployment.kubernetes.io/revision`, 0 where there is none. */
export function revisionOf({ metadata }: Pick<ReplicaSet, 'metadata'>): number {
  return Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
}

/** A template as it was before a controller gave it its hash. */
export function withoutHash(template: PodTemplateSpec | undefined): unknown {
  const { 'pod-template-hash': _, ...labels } = template?.metadata?.labels ?? {};
  return { ...template, metadata: { ...template?.metadata, labels, creationTimestamp: undefined } };
}
