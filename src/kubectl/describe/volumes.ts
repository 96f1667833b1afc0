import type { Volume } from '@/kubernetes/api/generated/core-v1';
import type { Lines } from './lines';
import { uncommonSource } from './uncommon/volume-sources';
import { describeClaim } from './claim';
import { type Field, csiFields, fieldText, hostPathFields, nfsFields } from './volume-source';

/** Upstream: kubectl/pkg/describe/describe.go `describeVolumes`. */
export function describeVolumes(lines: Lines, volumes: readonly Volume[] | undefined, template: boolean): void {
  const space = template ? '  ' : '';
  if (!volumes?.length) {
    lines.add(0, `${space}Volumes:\t<none>`);
    return;
  }
  lines.add(0, `${space}Volumes:`);
  for (const volume of volumes) {
    lines.add(1, `${template ? ' ' : ''}${volume.name}:`);
    const fields = volumeFields(volume);
    for (const field of fields ?? []) lines.add(2, fieldText(field));
    const { ephemeral } = volume;
    if (ephemeral) describeClaim(lines, ephemeral.volumeClaimTemplate);
    else if (!fields) {
      const other = uncommonSource({ ...volume }, false);
      if (other) for (const text of other) lines.add(2, text);
      else lines.add(1, '<unknown>');
    }
    for (const [i, text] of downwardItems(volume).entries()) lines.add(i === 0 ? 2 : 3, text);
  }
}

function volumeFields(volume: Volume): Field[] | undefined {
  const {
    hostPath,
    emptyDir,
    secret,
    configMap,
    persistentVolumeClaim: claim,
    projected,
    downwardAPI,
    nfs,
    csi,
    image,
  } = volume;
  if (hostPath) return hostPathFields(hostPath);
  if (emptyDir) {
    return [
      ['Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
      ['Medium', emptyDir.medium ?? ''],
      ['SizeLimit', emptyDir.sizeLimit ?? '<unset>'],
    ];
  }
  if (secret) {
    return [
      ['Type', 'Secret (a volume populated by a Secret)'],
      ['SecretName', secret.secretName ?? ''],
      ['Optional', secret.optional ?? false],
    ];
  }
  if (configMap) {
    return [
      ['Type', 'ConfigMap (a volume populated by a ConfigMap)'],
      ['Name', configMap.name ?? ''],
      ['Optional', configMap.optional ?? false],
    ];
  }
  if (claim) {
    return [
      ['Type', 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)'],
      ['ClaimName', claim.claimName],
      ['ReadOnly', claim.readOnly ?? false],
    ];
  }
  if (nfs) return nfsFields(nfs);
  if (csi) return csiFields(csi);
  if (image) {
    return [
      ['Type', 'Image (a container image or OCI artifact)'],
      ['Reference', image.reference ?? ''],
      ['PullPolicy', image.pullPolicy ?? ''],
    ];
  }
  if (downwardAPI) return [['Type', 'DownwardAPI (a volume populated by information about the pod)']];
  if (volume.ephemeral) {
    return [
      ['Type', 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)'],
    ];
  }
  if (!projected) return undefined;
  const sources = (projected.sources ?? []).flatMap((source): Field[] => {
    if (source.secret)
      return [
        ['SecretName', source.secret.name ?? ''],
        ['Optional', source.secret.optional ?? false],
      ];
    if (source.configMap) {
      return [
        ['ConfigMapName', source.configMap.name ?? ''],
        ['Optional', source.configMap.optional ?? false],
      ];
    }
    if (source.downwardAPI) return [['DownwardAPI', true]];
    if (source.serviceAccountToken)
      return [['TokenExpirationSeconds', source.serviceAccountToken.expirationSeconds ?? 3600]];
    return [];
  });
  return [['Type', 'Projected (a volume that contains injected data from multiple sources)'], ...sources];
}

/** Upstream: `printDownwardAPIVolumeSource`. */
function downwardItems({ downwardAPI }: Volume): string[] {
  if (!downwardAPI) return [];
  const items = (downwardAPI.items ?? []).flatMap(({ path, fieldRef, resourceFieldRef }) => [
    ...(fieldRef ? [`${fieldRef.fieldPath} -> ${path}`] : []),
    ...(resourceFieldRef ? [`${resourceFieldRef.resource} -> ${path}`] : []),
  ]);
  return ['Items:', ...items];
}
