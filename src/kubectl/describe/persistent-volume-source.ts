import type { PersistentVolumeSpec } from '@/kubernetes/api/generated/core-v1';

type Field = readonly [name: string, value: string | number | boolean];

/** Where a volume's bytes are. Upstream: kubectl/pkg/describe/describe.go `printHostPathVolumeSource` and its kin. */
export function persistentVolumeFields({ hostPath, nfs, local, csi }: PersistentVolumeSpec): Field[] {
  if (hostPath) {
    return [
      ['Type', 'HostPath (bare host directory volume)'],
      ['Path', hostPath.path],
      ['HostPathType', hostPath.type ?? '<none>'],
    ];
  }
  if (nfs) {
    return [
      ['Type', 'NFS (an NFS mount that lasts the lifetime of a pod)'],
      ['Server', nfs.server],
      ['Path', nfs.path],
      ['ReadOnly', nfs.readOnly ?? false],
    ];
  }
  if (local) {
    return [
      ['Type', 'LocalVolume (a persistent volume backed by local storage on a node)'],
      ['Path', local.path],
    ];
  }
  if (csi) {
    const attributes = Object.entries(csi.volumeAttributes ?? {}).sort();
    return [
      ['Type', 'CSI (a Container Storage Interface (CSI) volume source)'],
      ['Driver', csi.driver],
      ['FSType', csi.fsType ?? ''],
      ['VolumeHandle', csi.volumeHandle],
      ['ReadOnly', csi.readOnly ?? false],
      ...(attributes.length === 0
        ? [['VolumeAttributes', '<none>'] as const]
        : attributes.map(([key, value], i): Field => [i === 0 ? 'VolumeAttributes' : '', `    ${key}=${value}`])),
    ];
  }
  return [];
}
