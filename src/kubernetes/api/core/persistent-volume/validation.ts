// Upstream: pkg/apis/core/validation/validation.go `ValidatePersistentVolumeSpec`
import { type FieldError, forbidden, invalid, notSupported, Path, required } from '../../field-error';
import type { PersistentVolume, PersistentVolumeSpec } from '../../generated/core-v1';
import { complaints } from '../../meta/labels';
import { dns1123Label, dns1123Subdomain } from '../../meta/names';
import { validateImmutable } from '../../meta/object-meta';
import { canonicalQuantity, nanosOf, wholeValue } from '../../quantity';
import { validateAccessModes, volumeModes } from '../persistent-volume-claim/validation';
import { validateNodeSelector } from '../pod-spec/validation/node-selector';
import { noBacksteps } from '../pod-spec/validation/paths';
import { oneOf, optionalOneOf, requireFields } from '../pod-spec/validation/supported';
import { validateHostPath } from '../pod-spec/validation/volumes/sources';
import { validateCsiDriverName } from '../pod-spec/validation/volumes/storage';

const path = Path.of('spec');

export function validateVolumeSpec({ spec }: PersistentVolume): FieldError[] {
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
  errors.push(...validateSource(spec));
  if (spec.hostPath && /^\/+\.?\/*$/.test(spec.hostPath.path) && policy === 'Recycle') {
    const text = "may not be 'recycle' for a hostPath mount of '/'";
    errors.push(forbidden(path.child('persistentVolumeReclaimPolicy'), text));
  }
  if (storageClassName) errors.push(...complaints(dns1123Subdomain, path.child('storageClassName'), storageClassName));
  return [...errors, ...optionalOneOf(spec.volumeMode, volumeModes, path.child('volumeMode'))];
}

function validateCapacity({ capacity }: PersistentVolumeSpec): FieldError[] {
  const at = path.child('capacity');
  const names = Object.keys(capacity ?? {});
  const errors: FieldError[] = [];
  if (names.length === 0) errors.push(required(at));
  if (names.length !== 1 || names[0] !== 'storage') errors.push(notSupported(at, capacity, ['storage']));
  for (const [name, value] of Object.entries(capacity ?? {})) {
    // Upstream: `validateBasicResource`
    const whole = wholeValue(value);
    if (whole < 0) errors.push(invalid(at.key(name), whole, 'must be a valid resource quantity'));
    if (nanosOf(value) <= 0n) errors.push(invalid(at.key(name), canonicalQuantity(value), 'must be greater than zero'));
  }
  return errors;
}

interface SourceRule {
  readonly field: keyof PersistentVolumeSpec;
  readonly judge: (spec: PersistentVolumeSpec) => FieldError[];
}

function plain(field: keyof PersistentVolumeSpec, fields: readonly string[]): SourceRule {
  return { field, judge: (spec) => requireFields(Object(spec[field]) as object, fields, path.child(field)) };
}

/** In upstream's order. */
const sources: readonly SourceRule[] = [
  { field: 'hostPath', judge: ({ hostPath }) => validateHostPath(hostPath ?? { path: '' }, path.child('hostPath')) },
  plain('gcePersistentDisk', ['pdName']),
  plain('awsElasticBlockStore', ['volumeID']),
  plain('glusterfs', ['endpoints', 'path']),
  plain('flocker', []),
  {
    field: 'nfs',
    judge: ({ nfs }) => [
      ...requireFields(nfs ?? {}, ['server', 'path'], path.child('nfs')),
      ...(nfs?.path?.startsWith('/')
        ? []
        : [invalid(path.child('nfs', 'path'), nfs?.path ?? '', 'must be an absolute path')]),
    ],
  },
  plain('rbd', ['monitors', 'image']),
  plain('quobyte', ['registry', 'volume']),
  plain('cephfs', ['monitors']),
  plain('iscsi', ['targetPortal', 'iqn']),
  plain('cinder', ['volumeID']),
  plain('fc', []),
  plain('flexVolume', ['driver']),
  plain('azureFile', ['secretName', 'shareName']),
  plain('vsphereVolume', ['volumePath']),
  plain('photonPersistentDisk', ['pdID']),
  plain('portworxVolume', ['volumeID']),
  plain('azureDisk', ['diskName', 'diskURI']),
  plain('scaleIO', ['gateway', 'system', 'volumeName']),
  {
    field: 'local',
    judge: ({ local, nodeAffinity }) => [
      ...(local?.path ? noBacksteps(local.path, path.child('local', 'path')) : [required(path.child('local', 'path'))]),
      ...(nodeAffinity ? [] : [required(path.child('nodeAffinity'), 'Local volume requires node affinity')]),
    ],
  },
  plain('storageos', ['volumeName']),
  { field: 'csi', judge: ({ csi }) => (csi ? validateCsi(csi, path.child('csi')) : []) },
];

function validateSource(spec: PersistentVolumeSpec): FieldError[] {
  const given = sources.filter(({ field }) => spec[field] !== undefined);
  if (given.length === 0) return [required(path, 'must specify a volume type')];
  return given.flatMap(({ field, judge }, i) =>
    i === 0 ? judge(spec) : [forbidden(path.child(field), 'may not specify more than 1 volume type')],
  );
}

const csiSecrets = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
] as const;

function validateCsi(csi: NonNullable<PersistentVolumeSpec['csi']>, at: Path): FieldError[] {
  const errors = validateCsiDriverName(csi.driver ?? '', at.child('driver'));
  if (!csi.volumeHandle) errors.push(required(at.child('volumeHandle')));
  for (const field of csiSecrets) {
    const reference = csi[field];
    if (!reference) continue;
    const { name, namespace } = reference;
    const one = at.child(field);
    errors.push(...(name ? complaints(dns1123Subdomain, one.child('name'), name) : [required(one.child('name'))]));
    errors.push(
      ...(namespace ? complaints(dns1123Label, one.child('namespace'), namespace) : [required(one.child('namespace'))]),
    );
  }
  return errors;
}

export function validateVolumeChange({ spec }: PersistentVolume, old: PersistentVolume): FieldError[] {
  return validateImmutable(spec.volumeMode, old.spec.volumeMode, Path.of('volumeMode'));
}
