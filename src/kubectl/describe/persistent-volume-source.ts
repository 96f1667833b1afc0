import type { PersistentVolumeSpec } from '@/kubernetes/api/generated/core-v1';
import { type Field, csiFields, hostPathFields, nfsFields } from './volume-source';

/** Where a volume's bytes are. Upstream: kubectl/pkg/describe/describe.go `describePersistentVolume`. */
export function persistentVolumeFields({ hostPath, nfs, local, csi }: PersistentVolumeSpec): Field[] {
  if (hostPath) return hostPathFields(hostPath);
  if (nfs) return nfsFields(nfs);
  if (local) {
    return [
      ['Type', 'LocalVolume (a persistent volume backed by local storage on a node)'],
      ['Path', local.path],
    ];
  }
  return csi ? csiFields(csi) : [];
}
