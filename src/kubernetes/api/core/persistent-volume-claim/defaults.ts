// Upstream: pkg/apis/core/v1/defaults.go `SetDefaults_PersistentVolumeClaim`
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../generated/core-v1';
import { roundUp, roundUpResources } from '../pod-spec/defaults/resource-lists';

export function defaultClaim(claim: PersistentVolumeClaim): void {
  claim.spec ??= {};
  defaultClaimSpec(claim.spec);
  claim.status ??= {};
  claim.status.phase ||= 'Pending';
  roundUp(claim.status.capacity);
}

/** Also of the claim template of an ephemeral volume. */
export function defaultClaimSpec(spec: PersistentVolumeClaimSpec): void {
  spec.volumeMode ??= 'Filesystem';
  roundUpResources((spec.resources ??= {}));
}
