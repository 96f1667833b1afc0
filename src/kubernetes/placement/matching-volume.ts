import type { Node, PersistentVolume, PersistentVolumeClaim } from '../api/generated/core-v1';
import { matchesLabelSelector } from '../api/label-selector';
import { compareQuantities } from '../api/quantity';
import { anyTermMatchesNode } from './node-selector';

/** Who looks for a volume, and for what. */
export interface VolumeSearch {
  /** The claim's class binds with its first Pod (`WaitForFirstConsumer`). */
  readonly waits: boolean;
  /** The node that the Pod may go to: given by the scheduler only. */
  readonly node?: Node;
  /** Volumes that another claim of the same Pod has already. */
  readonly taken?: ReadonlySet<PersistentVolume>;
}

/** The class of a claim: the old annotation counts before the field. `GetPersistentVolumeClaimClass` */
export function claimClass({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '';
}

/** `CheckNodeAffinity` */
export function isVolumeReachable(volume: PersistentVolume, node: Node): boolean {
  const required = volume.spec.nodeAffinity?.required;
  return !required || anyTermMatchesNode(required.nodeSelectorTerms, node);
}

/** Whether a volume names this claim, reserved by its user or bound already. `IsVolumeBoundToClaim` */
export function isReservedFor({ spec: { claimRef } }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  if (claimRef?.name !== metadata.name || claimRef.namespace !== metadata.namespace) return false;
  return claimRef.uid === undefined || claimRef.uid === '' || claimRef.uid === metadata.uid;
}

export function hasAccessModes({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return (claim.spec.accessModes ?? []).every((mode) => spec.accessModes?.includes(mode));
}

/**
 * The volume for a claim: the one that is reserved for it, else the smallest that is large enough. A claim that waits for
 * its first Pod gets only a reserved one as long as nobody has chosen a node.
 * Upstream: staging/src/k8s.io/component-helpers/storage/volume/pv_helpers.go `FindMatchingVolume`
 */
export function findMatchingVolume(
  volumes: readonly PersistentVolume[],
  claim: PersistentVolumeClaim,
  { waits, node, taken }: VolumeSearch,
): PersistentVolume | undefined {
  const { resources, selector, volumeMode = 'Filesystem', volumeAttributesClassName = '' } = claim.spec;
  let smallest: PersistentVolume | undefined;
  for (const volume of volumes) {
    const { metadata, spec, status } = volume;
    const reserved = isReservedFor(volume, claim);
    if (taken?.has(volume) || (spec.claimRef && !reserved) || metadata.deletionTimestamp) continue;
    if (compareQuantities(spec.capacity?.storage, resources?.requests?.storage) < 0) continue;
    if ((spec.volumeMode ?? 'Filesystem') !== volumeMode) continue;
    if ((spec.volumeAttributesClassName ?? '') !== volumeAttributesClassName) continue;
    const reachable = !node || isVolumeReachable(volume, node);
    if (reserved) return reachable ? volume : undefined;
    const isFree =
      (node || !waits) &&
      status?.phase === 'Available' &&
      (!selector || matchesLabelSelector(selector, metadata.labels)) &&
      (spec.storageClassName ?? '') === claimClass(claim) &&
      reachable &&
      (!node || hasAccessModes(volume, claim));
    if (!isFree) continue;
    if (!smallest || compareQuantities(smallest.spec.capacity?.storage, spec.capacity?.storage) > 0) smallest = volume;
  }
  return smallest;
}
