// Upstream: pkg/apis/core/validation/validation.go `ValidateVolumeMounts`, `ValidateVolumeDevices`
import { type FieldError, forbidden, invalid, notFound, type Path, required } from '../../../field-error';
import type { Container, EphemeralContainer, Volume, VolumeMount } from '../../../generated/core-v1';
import { descendingPath, noBacksteps } from './paths';
import { oneOf } from './supported';

/** Volumes of the Pod that are themselves right, by name. */
export type KnownVolumes = ReadonlyMap<string, Volume>;

export function validateVolumeMounts(
  container: Container | EphemeralContainer,
  volumes: KnownVolumes,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  const mountPaths = new Set<string>();
  const deviceNames = new Set((container.volumeDevices ?? []).map((device) => device.name));
  const devicePaths = new Set((container.volumeDevices ?? []).map((device) => device.devicePath));
  for (const [i, mount] of (container.volumeMounts ?? []).entries()) {
    const at = path.index(i);
    const name = mount.name ?? '';
    const target = mount.mountPath ?? '';
    if (!name) errors.push(required(at.child('name')));
    if (!volumes.has(name)) errors.push(notFound(at.child('name'), name));
    if (!target) errors.push(required(at.child('mountPath')));
    if (mountPaths.has(target)) errors.push(invalid(at.child('mountPath'), target, 'must be unique'));
    mountPaths.add(target);
    if (deviceNames.has(name)) errors.push(invalid(at.child('name'), name, 'must not already exist in volumeDevices'));
    if (devicePaths.has(target)) {
      errors.push(invalid(at.child('mountPath'), target, 'must not already exist as a path in volumeDevices'));
    }
    errors.push(...validateSubPaths(mount, path, at), ...validatePropagation(mount, container, path));
    errors.push(...validateRecursiveReadOnly(mount, path.child('recursiveReadOnly')));
  }
  return errors;
}

/** Upstream gives most of these the path of the list, without the index. */
function validateSubPaths({ subPath, subPathExpr }: VolumeMount, path: Path, item: Path): FieldError[] {
  const errors = subPath ? descendingPath(subPath, path.child('subPath')) : [];
  if (!subPathExpr) return errors;
  if (subPath) {
    errors.push(invalid(item.child('subPathExpr'), subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
  }
  return [...errors, ...descendingPath(subPathExpr, path.child('subPathExpr'))];
}

const propagations = ['Bidirectional', 'HostToContainer', 'None'];

function validatePropagation(
  { mountPropagation }: VolumeMount,
  container: Container | EphemeralContainer,
  path: Path,
): FieldError[] {
  if (mountPropagation === undefined) return [];
  const at = path.child('mountPropagation');
  const errors = oneOf(mountPropagation, propagations, at);
  if (mountPropagation === 'Bidirectional' && !container.securityContext?.privileged) {
    errors.push(forbidden(at, 'Bidirectional mount propagation is available only to privileged containers'));
  }
  return errors;
}

function validateRecursiveReadOnly(mount: VolumeMount, path: Path): FieldError[] {
  const { recursiveReadOnly: wanted, readOnly, mountPropagation } = mount;
  if (wanted === undefined || wanted === 'Disabled') return [];
  if (wanted !== 'Enabled' && wanted !== 'IfPossible')
    return oneOf(wanted, ['Disabled', 'Enabled', 'IfPossible'], path);
  const errors: FieldError[] = [];
  if (!readOnly) errors.push(forbidden(path, 'may only be specified when readOnly is true'));
  if (mountPropagation !== undefined && mountPropagation !== 'None') {
    errors.push(forbidden(path, 'may only be specified when mountPropagation is None or not specified'));
  }
  return errors;
}

export function validateVolumeDevices(
  container: Container | EphemeralContainer,
  volumes: KnownVolumes,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  const paths = new Set<string>();
  const mountNames = new Set((container.volumeMounts ?? []).map((mount) => mount.name));
  const mountPaths = new Set((container.volumeMounts ?? []).map((mount) => mount.mountPath));
  for (const [i, device] of (container.volumeDevices ?? []).entries()) {
    const at = path.index(i);
    const name = device.name ?? '';
    const target = device.devicePath ?? '';
    const volume = volumes.get(name);
    if (!name) errors.push(required(at.child('name')));
    if (names.has(name)) errors.push(invalid(at.child('name'), name, 'must be unique'));
    if (volume && !volume.persistentVolumeClaim && !volume.ephemeral) {
      const text = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
      errors.push(invalid(at.child('name'), name, text));
    }
    if (!volume) errors.push(notFound(at.child('name'), name));
    if (!target) errors.push(required(at.child('devicePath')));
    if (paths.has(target)) errors.push(invalid(at.child('devicePath'), target, 'must be unique'));
    if (noBacksteps(target, at).length > 0) {
      errors.push(invalid(at.child('devicePath'), target, "can not contain backsteps ('..')"));
    } else paths.add(target);
    if (mountNames.has(name)) errors.push(invalid(at.child('name'), name, 'must not already exist in volumeMounts'));
    if (mountPaths.has(target)) {
      errors.push(invalid(at.child('devicePath'), target, 'must not already exist as a path in volumeMounts'));
    }
    if (name) names.add(name);
  }
  return errors;
}
