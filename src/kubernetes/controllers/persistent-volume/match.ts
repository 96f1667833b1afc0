import type { PersistentVolume, PersistentVolumeClaim } from '../../api/generated/core-v1';
import { findMatchingVolume, hasAccessModes, isReservedFor } from '../../placement/matching-volume';

/**
 * The volume that a claim is to have: one that is reserved for it, else the smallest that is large enough, of those with
 * the fewest access modes. A claim that waits for its first Pod gets a reserved one only.
 * Upstream: pkg/controller/volume/persistentvolume/index.go `findByClaim`
 */
export function bestVolume(
  volumes: readonly PersistentVolume[],
  claim: PersistentVolumeClaim,
  waits: boolean,
): PersistentVolume | undefined {
  const modes = ({ spec }: PersistentVolume) => spec.accessModes?.length ?? 0;
  const usable = volumes
    .filter((volume) => hasAccessModes(volume, claim))
    .sort((a, b) => modes(a) - modes(b) || (a.metadata.name < b.metadata.name ? -1 : 1));
  const reserved = usable.filter((volume) => isReservedFor(volume, claim));
  const groups = [...new Set(usable.map(modes))].map((count) => usable.filter((volume) => modes(volume) === count));
  for (const group of [reserved, ...groups]) {
    const found = findMatchingVolume(group, claim, { waits });
    if (found) return found;
  }
  return undefined;
}
