// Upstream: pkg/apis/core/validation/validation.go `validateHostUsers`, `validatePodHostName`
import { type FieldError, forbidden, type Path, tooLong } from '../../../field-error';
import type { PodSpec } from '../../../generated/core-v1';
import { complaints } from '../../../meta/labels';
import { byteLength, dns1123Subdomain } from '../../../meta/names';

const text = 'when `hostUsers` is false';

/** A user namespace of its own goes with no host namespace. Upstream really capitalises two of the paths. */
export function validateHostUsers(spec: PodSpec, path: Path): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const errors: FieldError[] = [];
  if (spec.hostNetwork) errors.push(forbidden(path.child('hostNetwork'), text));
  if (spec.hostPID) errors.push(forbidden(path.child('HostPID'), text));
  if (spec.hostIPC) errors.push(forbidden(path.child('HostIPC'), text));
  return errors;
}

/** What Linux allows a machine to be called. */
const maxBytes = 64;

export function validateHostnameOverride(spec: PodSpec, path: Path): FieldError[] {
  const name = spec.hostnameOverride;
  if (name === undefined) return [];
  const at = path.child('hostnameOverride');
  const errors = byteLength(name) > maxBytes ? [tooLong(at, maxBytes)] : [];
  errors.push(...complaints(dns1123Subdomain, at, name));
  if (spec.setHostnameAsFQDN) errors.push(forbidden(at, 'may not be specified when setHostnameAsFQDN is true'));
  if (spec.hostNetwork) errors.push(forbidden(at, 'may not be specified when hostNetwork is true'));
  return errors;
}
