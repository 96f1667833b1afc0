// Upstream: pkg/apis/core/validation/validation.go, the functions of secret, configMap, downwardAPI and projected
import { type FieldError, forbidden, invalid, type Path, required } from '../../../../field-error';
import type {
  ConfigMapVolumeSource,
  DownwardAPIVolumeFile,
  DownwardAPIVolumeSource,
  KeyToPath,
  ProjectedVolumeSource,
  SecretVolumeSource,
  VolumeProjection,
} from '../../../../generated/core-v1';
import { fileFieldPaths, validateFieldReference, validateResourceReference } from '../field-references';
import type { PodSpecOptions } from '../options';
import { fileMode, nonReservedPath } from '../paths';
import { validateClusterTrustBundle, validatePodCertificate } from './credentials';

export function validateSecretVolume({ secretName, defaultMode, items }: SecretVolumeSource, path: Path): FieldError[] {
  return [
    ...(secretName ? [] : [required(path.child('secretName'))]),
    ...fileMode(defaultMode, path.child('defaultMode')),
    ...validateItems(items, path.child('items')),
  ];
}

export function validateConfigMapVolume({ name, defaultMode, items }: ConfigMapVolumeSource, path: Path): FieldError[] {
  return [
    ...(name ? [] : [required(path.child('name'))]),
    ...fileMode(defaultMode, path.child('defaultMode')),
    ...validateItems(items, path.child('items')),
  ];
}

function validateItems(items: readonly KeyToPath[] | undefined, path: Path): FieldError[] {
  return (items ?? []).flatMap((item, i) => validateItem(item, path.index(i)));
}

function validateItem({ key, path: file, mode }: KeyToPath, path: Path): FieldError[] {
  return [
    ...(key ? [] : [required(path.child('key'))]),
    ...(file ? [] : [required(path.child('path'))]),
    ...nonReservedPath(file ?? '', path.child('path')),
    ...fileMode(mode, path.child('mode')),
  ];
}

export function validateDownwardApiVolume({ defaultMode, items }: DownwardAPIVolumeSource, path: Path): FieldError[] {
  return [
    ...fileMode(defaultMode, path.child('defaultMode')),
    ...(items ?? []).flatMap((item) => validateDownwardApiFile(item, path)),
  ];
}

/** Upstream's path is that of the volume, without the item's index. */
function validateDownwardApiFile(file: DownwardAPIVolumeFile, path: Path): FieldError[] {
  const { fieldRef, resourceFieldRef, mode } = file;
  const errors: FieldError[] = [];
  if (!file.path) errors.push(required(path.child('path')));
  errors.push(...nonReservedPath(file.path ?? '', path.child('path')));
  if (fieldRef) {
    errors.push(...validateFieldReference(fieldRef, fileFieldPaths, path.child('fieldRef')));
    if (resourceFieldRef) {
      errors.push(invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
    }
  } else if (resourceFieldRef) {
    errors.push(...validateResourceReference(resourceFieldRef, path.child('resourceFieldRef'), true));
  } else {
    errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
  }
  return [...errors, ...fileMode(mode, path.child('mode'))];
}

export function validateProjectedVolume(
  volume: ProjectedVolumeSource,
  path: Path,
  options: PodSpecOptions,
): FieldError[] {
  const errors = fileMode(volume.defaultMode, path.child('defaultMode'));
  const taken = new Set<string>();
  for (const [i, source] of (volume.sources ?? []).entries()) {
    errors.push(...validateProjection(source, path, path.child('sources').index(i), taken, options));
  }
  return errors;
}

/** Adds the paths of a source to `taken`; what upstream says of a path twice taken stands at the volume. */
function validateProjection(
  source: VolumeProjection,
  volumePath: Path,
  path: Path,
  taken: Set<string>,
  options: PodSpecOptions,
): FieldError[] {
  const { secret, configMap, downwardAPI, serviceAccountToken: token, clusterTrustBundle, podCertificate } = source;
  const errors: FieldError[] = [];
  const take = (file: string | undefined, value: string) => {
    if (!file) return;
    if (taken.has(file)) errors.push(invalid(volumePath, value, 'conflicting duplicate paths'));
    taken.add(file);
  };
  for (const [field, files] of Object.entries({ secret, configMap })) {
    if (!files) continue;
    const at = path.child(field);
    if (!files.name) errors.push(required(at.child('name')));
    for (const [i, item] of (files.items ?? []).entries()) {
      errors.push(...validateItem(item, at.child('items').index(i)));
      take(item.path, files.name ?? '');
    }
  }
  for (const file of downwardAPI?.items ?? []) {
    errors.push(...validateDownwardApiFile(file, path.child('downwardAPI')));
    take(file.path, file.path);
  }
  if (token) {
    const at = path.child('serviceAccountToken', 'expirationSeconds');
    const seconds = token.expirationSeconds ?? 0;
    if (seconds < 600) errors.push(invalid(at, seconds, 'may not specify a duration less than 10 minutes'));
    if (seconds > 2 ** 32) errors.push(invalid(at, seconds, 'may not specify a duration larger than 2^32 seconds'));
    if (!token.path) errors.push(required(volumePath.child('path')));
    else errors.push(...nonReservedPath(token.path, volumePath.child('path')));
  }
  if (clusterTrustBundle) {
    errors.push(...validateClusterTrustBundle(clusterTrustBundle, path.child('clusterTrustBundle')));
    take(clusterTrustBundle.path, clusterTrustBundle.path);
  }
  if (podCertificate) {
    errors.push(...validatePodCertificate(podCertificate, path.child('podCertificate'), options.kubernetes));
    for (const file of [
      podCertificate.credentialBundlePath,
      podCertificate.keyPath,
      podCertificate.certificateChainPath,
    ]) {
      take(file, file ?? '');
    }
  }
  const given = [secret, configMap, downwardAPI, token, clusterTrustBundle, podCertificate].filter(Boolean).length;
  if (given > 1) errors.push(forbidden(path, 'may not specify more than 1 volume type per source'));
  return errors;
}
