// Upstream: pkg/apis/core/v1/defaults.go `SetDefaults_PersistentVolume` and those of the sources
import type { PersistentVolumeSpec } from '../../generated/core-v1';
import { defaultNetworkVolume } from '../pod-spec/defaults/volumes';
import { roundUp } from '../pod-spec/defaults/resource-lists';

/** Of a PersistentVolume, in place. */
export function defaultVolume(spec: PersistentVolumeSpec): void {
  spec.persistentVolumeReclaimPolicy ||= 'Retain';
  spec.volumeMode ??= 'Filesystem';
  defaultVolumeSpec(spec);
}

/** Also of a volume that stands inside an attachment. */
export function defaultVolumeSpec(spec: PersistentVolumeSpec): void {
  if (spec.hostPath) spec.hostPath.type ??= '';
  defaultNetworkVolume(spec);
  roundUp(spec.capacity);
}
