import type { StatefulSet } from '../../api/generated/apps-v1';
import type { Pod } from '../../api/generated/core-v1';
import { deepEqual, type KubeObject, type OwnerReference } from '../../api/object';
import type { Client } from '../../apiserver/client';
import type { Steps } from '../controller';
import { controllerReference } from '../pod-control';
import { claimName } from './pods';

/**
 * Makes the claims of one Pod depend on what takes them along: the set where `whenDeleted` says Delete, a Pod beyond
 * the range where `whenScaled` does. Upstream: pkg/controller/statefulset/stateful_set_utils.go
 * `updateClaimOwnerRefForSetAndPod`
 */
export function* retainClaims(client: Client, set: StatefulSet, pod: Pod, inRange: boolean): Steps {
  const policy = set.spec.persistentVolumeClaimRetentionPolicy;
  const byScale = policy?.whenScaled === 'Delete' && !inRange;
  const owner: KubeObject | undefined = byScale
    ? { ...pod }
    : policy?.whenDeleted === 'Delete' && (inRange || policy.whenScaled !== 'Delete')
      ? { ...set }
      : undefined;
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const name = claimName(template, pod.metadata.name);
    const claim = client.get('persistentvolumeclaims', set.metadata.namespace, name);
    if (!claim) continue;
    const before = claim.metadata.ownerReferences ?? [];
    const foreign = before.filter((reference) => !refersTo(reference, set) && !refersTo(reference, pod));
    const mine = owner && !foreign.some(({ controller }) => controller) ? [controllerReference(owner)] : [];
    const after = [...foreign, ...mine];
    if (deepEqual(after, before)) continue;
    const ownerReferences = after.length > 0 ? after : null;
    client.patch('persistentvolumeclaims', set.metadata.namespace, name, { metadata: { ownerReferences } });
    yield;
  }
}

/** By name, so that a reference to a predecessor of the same name goes, too. Upstream: `matchesRef` */
function refersTo(reference: OwnerReference, { apiVersion, kind, metadata }: KubeObject): boolean {
  return reference.apiVersion === apiVersion && reference.kind === kind && reference.name === metadata.name;
}
