// Upstream: pkg/apis/core/v1/defaults.go, `SetDefaults_Volume` and the functions of the single sources
import type { DownwardAPIVolumeFile, PersistentVolumeSpec, Volume, VolumeProjection } from '../../../generated/core-v1';
import { defaultPullPolicy } from '../image-name';
import { defaultClaimSpec } from '../../persistent-volume-claim/defaults';

const defaultMode = 0o644;

/** A volume without a source is an emptyDir; every source fills in its own fields. */
export function defaultVolume(volume: Volume): void {
  if (Object.entries(volume).every(([field, source]) => field === 'name' || source === undefined)) volume.emptyDir = {};
  if (volume.hostPath) volume.hostPath.type ??= '';
  if (volume.secret) volume.secret.defaultMode ??= defaultMode;
  if (volume.configMap) volume.configMap.defaultMode ??= defaultMode;
  if (volume.downwardAPI) {
    volume.downwardAPI.defaultMode ??= defaultMode;
    defaultDownwardItems(volume.downwardAPI.items);
  }
  if (volume.projected) {
    volume.projected.defaultMode ??= defaultMode;
    for (const source of volume.projected.sources ?? []) defaultProjection(source);
  }
  if (volume.image) volume.image.pullPolicy ||= defaultPullPolicy(volume.image.reference);
  if (volume.ephemeral?.volumeClaimTemplate) {
    defaultClaimSpec((volume.ephemeral.volumeClaimTemplate.spec ??= {}));
  }
  defaultNetworkVolume(volume);
}

function defaultProjection(source: VolumeProjection): void {
  if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= 3600;
  if (source.podCertificate) source.podCertificate.maxExpirationSeconds ??= 86400;
  defaultDownwardItems(source.downwardAPI?.items);
}

function defaultDownwardItems(items: readonly DownwardAPIVolumeFile[] | undefined): void {
  for (const item of items ?? []) {
    if (item.fieldRef) item.fieldRef.apiVersion ||= 'v1';
    if (item.resourceFieldRef) item.resourceFieldRef.divisor ??= '0';
  }
}

/** Also of a PersistentVolume: both kinds of source have these fields. */
export function defaultNetworkVolume({
  iscsi,
  rbd,
  azureDisk,
  scaleIO,
}: Pick<Volume | PersistentVolumeSpec, 'iscsi' | 'rbd' | 'azureDisk' | 'scaleIO'>): void {
  if (iscsi) iscsi.iscsiInterface ||= 'default';
  if (rbd) {
    rbd.pool ||= 'rbd';
    rbd.user ||= 'admin';
    rbd.keyring ||= '/etc/ceph/keyring';
  }
  if (azureDisk) {
    azureDisk.cachingMode ??= 'ReadWrite';
    azureDisk.kind ??= 'Shared';
    azureDisk.fsType ??= 'ext4';
    azureDisk.readOnly ??= false;
  }
  if (scaleIO) {
    scaleIO.storageMode ||= 'ThinProvisioned';
    scaleIO.fsType ||= 'xfs';
  }
}
