// Upstream: pkg/apis/core/validation/validation.go `ValidateVolumes`, `validateVolumeSource`
import { duplicate, type FieldError, forbidden, invalid, type Path, required } from '../../../../field-error';
import type { Volume } from '../../../../generated/core-v1';
import { complaints } from '../../../../meta/labels';
import { dns1123Label, dns1123Subdomain } from '../../../../meta/names';
import type { PodSpecOptions } from '../options';
import type { KnownVolumes } from '../volume-mounts';
import { volumeSources } from './sources';

/** Every volume, and those that are right: what containers may mount. */
export function validateVolumes(
  volumes: readonly Volume[] | undefined,
  path: Path,
  options: PodSpecOptions,
): { known: KnownVolumes; errors: FieldError[] } {
  const known = new Map<string, Volume>();
  const errors: FieldError[] = [];
  const created = new Set<string>();
  for (const volume of volumes ?? []) {
    if (volume.ephemeral && options.podName) created.add(`${options.podName}-${volume.name}`);
  }
  for (const [i, volume] of (volumes ?? []).entries()) {
    const at = path.index(i);
    const wrong = validateSource(volume, at, options);
    const name = volume.name ?? '';
    if (!name) wrong.push(required(at.child('name')));
    else wrong.push(...complaints(dns1123Label, at.child('name'), name));
    if (known.has(name)) wrong.push(duplicate(at.child('name'), name));
    if (wrong.length === 0) known.set(name, volume);
    else errors.push(...wrong);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim !== undefined && created.has(claim)) {
      const text = 'must not reference a PVC that gets created for an ephemeral volume';
      errors.push(invalid(at.child('persistentVolumeClaim', 'claimName'), claim, text));
    }
  }
  return { known, errors };
}

/** The first source is judged, every further one refused. */
function validateSource(volume: Volume, path: Path, options: PodSpecOptions): FieldError[] {
  const errors: FieldError[] = [];
  let sources = 0;
  for (const { field, judge, pathWhenTooMany, alongside } of volumeSources) {
    if (volume[field] === undefined) continue;
    if (sources > 0)
      errors.push(forbidden(path.child(pathWhenTooMany ?? field), 'may not specify more than 1 volume type'));
    else errors.push(...judge(volume, path, options));
    if (alongside) errors.push(...alongside(volume, path));
    sources++;
  }
  if (
    volume.ephemeral &&
    options.podName &&
    volume.name &&
    errors.every((one) => !one.body.includes('1 volume type'))
  ) {
    const claim = `${options.podName}-${volume.name}`;
    for (const message of dns1123Subdomain(claim)) {
      errors.push(invalid(path.child('name'), volume.name, `PVC name ${JSON.stringify(claim)}: ${message}`));
    }
  }
  if (sources === 0) errors.push(required(path, 'must specify a volume type'));
  return errors;
}
