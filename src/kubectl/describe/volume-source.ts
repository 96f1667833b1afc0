import type {
  CSIPersistentVolumeSource,
  CSIVolumeSource,
  HostPathVolumeSource,
  NFSVolumeSource,
} from '@/kubernetes/api/generated/core-v1';

/** A line of a description. */
export type Field = readonly [name: string, value: string | number | boolean];

/** `Path:\t/data`; without a name it goes on with the one before. */
export function fieldText([name, value]: Field): string {
  return `${name}${name === '' ? '' : ':'}\t${value}`;
}

/** What volumes of Pods and PersistentVolumes have in common. Upstream: describe.go `printHostPathVolumeSource`. */
export function hostPathFields({ path, type }: HostPathVolumeSource): Field[] {
  return [
    ['Type', 'HostPath (bare host directory volume)'],
    ['Path', path],
    ['HostPathType', type ?? '<none>'],
  ];
}

/** Upstream: describe.go `printNFSVolumeSource`. */
export function nfsFields({ server, path, readOnly }: NFSVolumeSource): Field[] {
  return [
    ['Type', 'NFS (an NFS mount that lasts the lifetime of a pod)'],
    ['Server', server],
    ['Path', path],
    ['ReadOnly', readOnly ?? false],
  ];
}

/** Upstream: describe.go `printCSIVolumeSource`, `printCSIPersistentVolumeSource`: the latter has a handle. */
export function csiFields(csi: CSIVolumeSource | CSIPersistentVolumeSource): Field[] {
  const attributes = Object.entries(csi.volumeAttributes ?? {}).sort();
  return [
    ['Type', 'CSI (a Container Storage Interface (CSI) volume source)'],
    ['Driver', csi.driver],
    ['FSType', csi.fsType ?? ''],
    ...('volumeHandle' in csi ? [['VolumeHandle', csi.volumeHandle] as const] : []),
    ['ReadOnly', csi.readOnly ?? false],
    ...(attributes.length === 0
      ? [['VolumeAttributes', '<none>'] as const]
      : attributes.map(([key, value], i): Field => [i === 0 ? 'VolumeAttributes' : '', `    ${key}=${value}`])),
  ];
}
