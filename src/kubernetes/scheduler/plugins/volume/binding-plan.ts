import type { Node, PersistentVolume, PersistentVolumeClaim, Pod } from '../../../api/generated/core-v1';
import type { StorageClass } from '../../../api/generated/storage-v1';
import { compareQuantities } from '../../../api/quantity';
import { claimClass, findMatchingVolume } from '../../../placement/matching-volume';
import type { ObjectReader } from '../../framework/snapshot';
import { claimsOf, isFullyBound } from './claims';

/** On a claim whose volume a provisioner is to make: for which node. */
export const selectedNode = 'volume.kubernetes.io/selected-node';

/** What has to come about before a Pod can be bound to a node. */
export interface BindingPlan {
  /** Volumes that are there, and the claims that get them. */
  readonly bindings: readonly { readonly volume: PersistentVolume; readonly claim: PersistentVolumeClaim }[];
  /** Claims for which a volume is to be made. */
  readonly provisions: readonly PersistentVolumeClaim[];
}

/** The class of a claim that waits for its first user. */
export function waitingClass(claim: PersistentVolumeClaim, objects: ObjectReader): StorageClass | undefined {
  const found = objects.get('storageclasses.storage.k8s.io', undefined, claimClass(claim));
  return found?.volumeBindingMode === 'WaitForFirstConsumer' && !claim.spec.volumeName ? found : undefined;
}

/** Whether the class could make a volume for this node. Upstream: binder.go `checkVolumeProvisions` */
function couldProvision(storageClass: StorageClass | undefined, node: Node): boolean {
  if (!storageClass?.provisioner || storageClass.provisioner === 'kubernetes.io/no-provisioner') return false;
  const terms = storageClass.allowedTopologies ?? [];
  if (terms.length === 0) return true;
  return terms.some((term) =>
    (term.matchLabelExpressions ?? []).every(({ key, values }) => values.includes(node.metadata.labels?.[key] ?? '')),
  );
}

/**
 * Volumes for claims that wait, on one node: small claims choose first, and what is left over is to be made. Undefined
 * where a claim comes away empty. Upstream: binder.go `FindPodVolumes`, `findMatchingVolumes`
 */
export function planBinding(
  waiting: readonly PersistentVolumeClaim[],
  volumes: readonly PersistentVolume[],
  node: Node,
  objects: ObjectReader,
): BindingPlan | undefined {
  const bindings: { volume: PersistentVolume; claim: PersistentVolumeClaim }[] = [];
  const provisions: PersistentVolumeClaim[] = [];
  const taken = new Set<PersistentVolume>();
  const size = ({ spec }: PersistentVolumeClaim) => spec.resources?.requests?.storage;
  for (const claim of [...waiting].sort((a, b) => compareQuantities(size(a), size(b)))) {
    const chosen = claim.metadata.annotations?.[selectedNode];
    if (chosen !== undefined && chosen !== node.metadata.name) return undefined;
    const volume = chosen === undefined ? findMatchingVolume(volumes, claim, { waits: true, node, taken }) : undefined;
    if (volume) {
      taken.add(volume);
      bindings.push({ volume, claim });
    } else if (couldProvision(waitingClass(claim, objects), node)) provisions.push(claim);
    else return undefined;
  }
  return { bindings, provisions };
}

/** What a Pod that goes to `node` waits for there; undefined where all its claims have their volumes. */
export function bindingPlanOf(pod: Pod, node: Node, objects: ObjectReader): BindingPlan | undefined {
  const claims = claimsOf(pod, objects);
  const waiting = 'found' in claims ? claims.found.filter((claim) => !isFullyBound(claim)) : [];
  return waiting.length > 0 ? planBinding(waiting, objects.list('persistentvolumes'), node, objects) : undefined;
}
