// Upstream: pkg/apis/core/validation/validation.go `ValidatePersistentVolumeSpec` of a volume inside an attachment
import { type FieldError, forbidden, type Path, required } from '../../field-error';
import type { PersistentVolumeSpec } from '../../generated/core-v1';
import { validateAccessModes } from '../persistent-volume-claim/validation';
import { validateVolumeSources } from './sources';

const text = 'may not be specified in the context of inline volumes';

/** A volume that was never a PersistentVolume: a CSI volume with nothing but its source and its modes. */
export function validateInlineVolumeSpec(spec: PersistentVolumeSpec, path: Path): FieldError[] {
  const { claimRef, capacity, csi, accessModes = [], persistentVolumeReclaimPolicy: policy, nodeAffinity } = spec;
  const errors: FieldError[] = [];
  if (claimRef) errors.push(forbidden(path.child('claimRef'), text));
  if (Object.keys(capacity ?? {}).length > 0) errors.push(forbidden(path.child('capacity'), text));
  if (!csi) errors.push(required(path.child('csi'), 'has to be specified in the context of inline volumes'));
  if (accessModes.length === 0) errors.push(required(path.child('accessModes')));
  errors.push(...validateAccessModes(accessModes, path.child('accessModes')));
  if (policy && policy !== 'Retain') {
    const only = 'may only be Retain in the context of inline volumes';
    errors.push(forbidden(path.child('persistentVolumeReclaimPolicy'), only));
  }
  if (nodeAffinity) errors.push(forbidden(path.child('nodeAffinity'), text));
  errors.push(...validateVolumeSources(spec, path, ''));
  if (spec.storageClassName) errors.push(forbidden(path.child('storageClassName'), text));
  if (spec.volumeMode !== undefined && spec.volumeMode !== 'Filesystem') {
    const only = 'may not specify volumeMode other than Filesystem in the context of inline volumes';
    errors.push(forbidden(path.child('volumeMode'), only));
  }
  return errors;
}
