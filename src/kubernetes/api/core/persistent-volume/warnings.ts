// Upstream: pkg/api/persistentvolume/util.go `warningsForPersistentVolumeSpecAndMeta`
import { Path } from '../../field-error';
import type { PersistentVolumeSpec } from '../../generated/core-v1';
import { nodeSelectorTermWarnings } from '../pod-spec/warnings/node-labels';

const annotations: Readonly<Record<string, string>> = {
  'volume.beta.kubernetes.io/storage-class': 'deprecated since v1.8; use "storageClassName" attribute instead',
  'volume.beta.kubernetes.io/mount-options': 'deprecated since v1.31; use "mountOptions" attribute instead',
};

/** Sources that went away: the field, its path as upstream writes it, since when deprecated and gone. */
const gone = [
  ['cephfs', 'cephfs', '1.28', '1.31'],
  ['photonPersistentDisk', 'photonPersistentDisk', '1.11', '1.16'],
  ['scaleIO', 'scaleIO', '1.16', '1.22'],
  ['storageos', 'storageOS', '1.22', '1.25'],
  ['glusterfs', 'glusterfs', '1.25', '1.26'],
  ['rbd', 'rbd', '1.28', '1.31'],
] as const;

export function volumeWarnings(given: { readonly [key: string]: string }, spec: PersistentVolumeSpec): string[] {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const path = Path.of('spec.nodeAffinity.required.nodeSelectorTerms');
  const instead = 'Instead, the recommended approach is to use dynamic provisioning.';
  return [
    ...Object.entries(annotations)
      .filter(([key]) => given[key] !== undefined)
      .map(([key, text]) => `metadata.annotations[${key}]: ${text}`),
    ...(spec.persistentVolumeReclaimPolicy === 'Recycle'
      ? [`spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. ${instead}`]
      : []),
    ...terms.flatMap((term, i) => nodeSelectorTermWarnings(term, path.index(i))),
    ...gone
      .filter(([field]) => spec[field] !== undefined)
      .map(([, name, since, until]) => `spec.${name}: deprecated in v${since}, non-functional in v${until}+`),
  ];
}
