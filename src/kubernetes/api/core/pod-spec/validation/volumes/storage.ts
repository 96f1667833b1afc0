// Upstream: pkg/apis/core/validation/validation.go, the functions named below
import { type FieldError, invalid, type Path, required, tooLong } from '../../../../field-error';
import type { ISCSIVolumeSource, LocalObjectReference } from '../../../../generated/core-v1';
import { complaints } from '../../../../meta/labels';
import { byteLength, dns1123Subdomain, rangeText } from '../../../../meta/names';

/** Upstream `ValidateCSIDriverName`. */
export function validateCsiDriverName(name: string, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (!name) return [required(path)];
  if (byteLength(name) > 63) errors.push(tooLong(path, 63));
  for (const message of dns1123Subdomain(name.toLowerCase())) errors.push(invalid(path, name, message));
  return errors;
}

/** Upstream's path for a bad name is the driver's. */
export function validateNodePublishSecret(reference: LocalObjectReference | undefined, path: Path): FieldError[] {
  if (!reference) return [];
  if (!reference.name) return [required(path.child('nodePublishSecretRef', 'name'))];
  return complaints(dns1123Subdomain, path.child('name'), reference.name);
}

/** Options of Flex volumes may not use Kubernetes' own names. */
export function validateFlexOptions(options: { [key: string]: string } | undefined, path: Path): FieldError[] {
  return Object.keys(options ?? {})
    .filter((key) => /\.(kubernetes|k8s)\.io$/.test(`.${(key.split('/')[0] ?? '').toLowerCase()}`))
    .map((key) => invalid(path.key(key), key, 'kubernetes.io and k8s.io namespaces are reserved'));
}

const qualifiedNames: Readonly<Record<string, RegExp>> = {
  iqn: /iqn\.\d{4}-\d{2}\.([A-Za-z0-9-.]+)(:[^,;*&$|\s]+)$/,
  eui: /^eui.[A-Za-z0-9]{16}$/,
  naa: /^naa.[A-Za-z0-9]{32}$/,
};

const prefixText = 'must be valid format starting with iqn, eui, or naa';

/** Upstream `validateISCSIVolumeSource`. A PersistentVolume has another text where a name begins as none does. */
export function validateISCSI(source: ISCSIVolumeSource, path: Path, unknownPrefix = prefixText): FieldError[] {
  const errors: FieldError[] = [];
  const lun = source.lun ?? 0;
  if (!source.targetPortal) errors.push(required(path.child('targetPortal')));
  if (!source.iqn) errors.push(required(path.child('iqn')));
  else errors.push(...validateQualifiedName(source.iqn, path.child('iqn'), unknownPrefix));
  if (lun < 0 || lun > 255) errors.push(invalid(path.child('lun'), lun, rangeText(0, 255)));
  if ((source.chapAuthDiscovery || source.chapAuthSession) && !source.secretRef) {
    errors.push(required(path.child('secretRef')));
  }
  if (source.initiatorName !== undefined) {
    errors.push(...validateQualifiedName(source.initiatorName, path.child('initiatorname'), unknownPrefix));
  }
  return errors;
}

function validateQualifiedName(name: string, path: Path, unknownPrefix: string): FieldError[] {
  const pattern = qualifiedNames[name.slice(0, 3)];
  if (!pattern) return [invalid(path, name, unknownPrefix)];
  return pattern.test(name) ? [] : [invalid(path, name, 'must be valid format')];
}
