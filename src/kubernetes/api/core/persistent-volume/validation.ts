// Upstream: pkg/apis/core/validation/validation.go `ValidatePersistentVolumeSpec`
import { type FieldError, forbidden, invalid, notSupported, Path, required } from '../../field-error';
import type { PersistentVolume, PersistentVolumeSpec } from '../../generated/core-v1';
import { printedMap } from '../../meta/label-selector';
import { complaints } from '../../meta/labels';
import { dns1123Subdomain } from '../../meta/names';
import { canonicalQuantity, nanosOf, wholeValue } from '../../quantity';
import { validateAccessModes, volumeModes } from '../persistent-volume-claim/validation';
import { validateNodeSelector } from '../pod-spec/validation/node-selector';
import { oneOf, optionalOneOf } from '../pod-spec/validation/supported';
import { validateVolumeSources } from './sources';

const path = Path.of('spec');

export function validateVolumeSpec({ metadata, spec }: PersistentVolume): FieldError[] {
  const { accessModes = [], persistentVolumeReclaimPolicy: policy, nodeAffinity, storageClassName } = spec;
  const errors: FieldError[] = [];
  if (accessModes.length === 0) errors.push(required(path.child('accessModes')));
  errors.push(...validateAccessModes(accessModes, path.child('accessModes')), ...validateCapacity(spec));
  if (policy) {
    errors.push(...oneOf(policy, ['Delete', 'Recycle', 'Retain'], path.child('persistentVolumeReclaimPolicy')));
  }
  if (nodeAffinity) {
    const at = path.child('nodeAffinity', 'required');
    errors.push(
      ...(nodeAffinity.required
        ? validateNodeSelector(nodeAffinity.required, at)
        : [required(at, 'must specify required node constraints')]),
    );
  }
  errors.push(...validateVolumeSources(spec, path, metadata.name ?? ''));
  if (spec.hostPath && /^\/+\.?\/*$/.test(spec.hostPath.path) && policy === 'Recycle') {
    const text = "may not be 'recycle' for a hostPath mount of '/'";
    errors.push(forbidden(path.child('persistentVolumeReclaimPolicy'), text));
  }
  if (storageClassName) errors.push(...complaints(dns1123Subdomain, path.child('storageClassName'), storageClassName));
  errors.push(...optionalOneOf(spec.volumeMode, volumeModes, path.child('volumeMode')));
  return [...errors, ...validateAttributesClass(spec)];
}

function validateAttributesClass({ volumeAttributesClassName: name, csi }: PersistentVolumeSpec): FieldError[] {
  if (name === undefined) return [];
  const at = path.child('volumeAttributesClassName');
  const text = 'has to be specified when using volumeAttributesClassName';
  return [
    ...(name === '' ? [required(at, 'an empty string is disallowed')] : complaints(dns1123Subdomain, at, name)),
    ...(csi ? [] : [required(path.child('csi'), text)]),
  ];
}

function validateCapacity({ capacity }: PersistentVolumeSpec): FieldError[] {
  const at = path.child('capacity');
  const names = Object.keys(capacity ?? {});
  const errors: FieldError[] = [];
  if (names.length === 0) errors.push(required(at));
  if (names.length !== 1 || names[0] !== 'storage') errors.push(notSupported(at, printedMap(capacity), ['storage']));
  for (const [name, value] of Object.entries(capacity ?? {})) {
    // Upstream: `validateBasicResource`
    const whole = wholeValue(value);
    if (whole < 0) errors.push(invalid(at.key(name), whole, 'must be a valid resource quantity'));
    if (nanosOf(value) <= 0n) errors.push(invalid(at.key(name), canonicalQuantity(value), 'must be greater than zero'));
  }
  return errors;
}
