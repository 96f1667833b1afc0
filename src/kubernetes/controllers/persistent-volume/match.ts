import type { PersistentVolume, PersistentVolumeClaim } from '../../api/generated/core-v1';
import { matchesLabelSelector } from '../../api/label-selector';
import { compareQuantities } from '../../api/quantity';

/** `GetPersistentVolumeClaimClass`: the old annotation counts before the field. */
export function classOf({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '';
}

function isReservedFor(volume: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const { claimRef } = volume.spec;
  if (claimRef?.name !== metadata.name || claimRef.namespace !== metadata.namespace) return false;
  return claimRef.uid === undefined || claimRef.uid === '' || claimRef.uid === metadata.uid;
}

/**
 * The volume that a claim is to have: one that is reserved for it, else the smallest that is large enough, of those with
 * the fewest access modes. A claim that waits for its first Pod gets a reserved one only.
 * Upstream: staging/src/k8s.io/component-helpers/storage/volume/pv_helpers.go `FindMatchingVolume`, index.go
 */
export function bestVolume(
  volumes: readonly PersistentVolume[],
  claim: PersistentVolumeClaim,
  waits: boolean,
): PersistentVolume | undefined {
  const { accessModes = [], resources, selector, volumeMode = 'Filesystem', volumeAttributesClassName } = claim.spec;
  const large = ({ spec }: PersistentVolume) =>
    compareQuantities(spec.capacity?.storage, resources?.requests?.storage) >= 0;
  const fitting = volumes.filter(
    ({ metadata, spec }) =>
      !metadata.deletionTimestamp &&
      (spec.volumeMode ?? 'Filesystem') === volumeMode &&
      (spec.volumeAttributesClassName ?? '') === (volumeAttributesClassName ?? '') &&
      accessModes.every((mode) => spec.accessModes?.includes(mode)),
  );
  const reserved = fitting.find((volume) => isReservedFor(volume, claim) && large(volume));
  if (reserved || waits) return reserved;
  const free = fitting.filter(
    (volume) =>
      !volume.spec.claimRef &&
      volume.status.phase === 'Available' &&
      large(volume) &&
      (volume.spec.storageClassName ?? '') === classOf(claim) &&
      (!selector || matchesLabelSelector(selector, volume.metadata.labels)),
  );
  const modes = (volume: PersistentVolume) => volume.spec.accessModes?.length ?? 0;
  return free.sort(
    (a, b) =>
      modes(a) - modes(b) ||
      compareQuantities(a.spec.capacity?.storage, b.spec.capacity?.storage) ||
      (a.metadata.name < b.metadata.name ? -1 : 1),
  )[0];
}
