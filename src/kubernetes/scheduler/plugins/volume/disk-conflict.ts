// Upstream: pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go `isVolumeConflict`
import type { Pod, Volume } from '../../../api/generated/core-v1';

/** Whether two volumes are one disk that cannot be mounted twice. Read-only users may share some kinds. */
function isSameDisk(a: Volume, b: Volume): boolean {
  if (a.gcePersistentDisk && b.gcePersistentDisk) {
    const [one, other] = [a.gcePersistentDisk, b.gcePersistentDisk];
    if (one.pdName === other.pdName && !(one.readOnly && other.readOnly)) return true;
  }
  if (a.awsElasticBlockStore && b.awsElasticBlockStore) {
    if (a.awsElasticBlockStore.volumeID === b.awsElasticBlockStore.volumeID) return true;
  }
  if (a.iscsi && b.iscsi && a.iscsi.iqn === b.iscsi.iqn && !(a.iscsi.readOnly && b.iscsi.readOnly)) return true;
  if (!a.rbd || !b.rbd || (a.rbd.readOnly && b.rbd.readOnly)) return false;
  const { monitors, pool, image } = b.rbd;
  return a.rbd.pool === pool && a.rbd.image === image && (a.rbd.monitors ?? []).some((one) => monitors?.includes(one));
}

/** The volumes of a Pod that are disks which one node mounts for one Pod only. */
export function disksOf({ spec }: Pod): Volume[] {
  return (spec.volumes ?? []).filter(
    (one) => one.gcePersistentDisk ?? one.awsElasticBlockStore ?? one.rbd ?? one.iscsi,
  );
}

/** Whether a Pod on a node has one of the disks. */
export function disksConflict(disks: readonly Volume[], { spec }: Pod): boolean {
  return disks.some((disk) => (spec.volumes ?? []).some((other) => isSameDisk(disk, other)));
}
