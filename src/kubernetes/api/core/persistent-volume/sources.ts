// Upstream: pkg/apis/core/validation/validation.go `ValidatePersistentVolumeSpec`, the functions of its sources
import { type FieldError, forbidden, invalid, type Path, required } from '../../field-error';
import type { PersistentVolumeSpec, Volume } from '../../generated/core-v1';
import { complaints } from '../../meta/labels';
import { byteLength, dns1123Label, dns1123Subdomain } from '../../meta/names';
import { noBacksteps } from '../pod-spec/validation/paths';
import { requireFields } from '../pod-spec/validation/supported';
import { volumeSources } from '../pod-spec/validation/volumes/sources';
import { validateCsiDriverName, validateISCSI } from '../pod-spec/validation/volumes/storage';

/** In upstream's order, which decides which of two sources is the one too many. */
const order = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'flocker',
  'nfs',
  'rbd',
  'quobyte',
  'cephfs',
  'iscsi',
  'cinder',
  'fc',
  'flexVolume',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'scaleIO',
  'local',
  'storageos',
  'csi',
] as const satisfies readonly (keyof PersistentVolumeSpec)[];
type Source = (typeof order)[number];

type Judge = (spec: PersistentVolumeSpec, path: Path, name: string) => FieldError[];

/** What a source of a PersistentVolume is asked for that the same source of a Pod is not. */
const more: Readonly<Partial<Record<Source, Judge>>> = {
  glusterfs: ({ glusterfs }, path) => {
    const { endpointsNamespace: namespace } = glusterfs ?? {};
    const at = path.child('glusterfs', 'endpointsNamespace');
    if (namespace === undefined) return [];
    const text = 'if the endpointnamespace is set, it must be a valid namespace name';
    return namespace === '' ? [invalid(at, namespace, text)] : complaints(dns1123Label, at, namespace);
  },
  cinder: ({ cinder }, path) => namespaceOf(cinder?.secretRef, path.child('cinder', 'secretRef')),
  azureFile: ({ azureFile }, path) =>
    azureFile?.secretNamespace === '' ? [required(path.child('azureFile', 'secretNamespace'))] : [],
  storageos: ({ storageos }, path) => namespaceOf(storageos?.secretRef, path.child('storageos', 'secretRef')),
};

function namespaceOf(reference: { namespace?: string } | undefined, path: Path): FieldError[] {
  return reference ? requireFields(reference, ['namespace'], path) : [];
}

/** Sources that only a PersistentVolume has, or has in another shape. */
const own: Readonly<Partial<Record<Source, Judge>>> = {
  local: ({ local, nodeAffinity }, path) => [
    ...(local?.path ? noBacksteps(local.path, path.child('local', 'path')) : [required(path.child('local', 'path'))]),
    ...(nodeAffinity ? [] : [required(path.child('nodeAffinity'), 'Local volume requires node affinity')]),
  ],
  iscsi: ({ iscsi }, path, name) => (iscsi ? validateIscsi(iscsi, path.child('iscsi'), name) : []),
  csi: ({ csi }, path) => (csi ? validateCsi(csi, path.child('csi')) : []),
};

function validateIscsi(iscsi: NonNullable<PersistentVolumeSpec['iscsi']>, at: Path, name: string): FieldError[] {
  const { initiatorName, targetPortal = '', secretRef } = iscsi;
  const text =
    'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
  const long = initiatorName !== undefined && byteLength(`${name}:${targetPortal}`) > 64;
  return [
    ...(long ? [invalid(at.child('targetportal'), targetPortal, text)] : []),
    ...validateISCSI(iscsi, at, 'must be valid format'),
    ...(secretRef ? requireFields(secretRef, ['name'], at.child('secretRef')) : []),
  ];
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

/** The first source is judged, every further one refused. `name` is the volume's, empty where it has none. */
export function validateVolumeSources(spec: PersistentVolumeSpec, path: Path, name: string): FieldError[] {
  const given = order.filter((field) => spec[field] !== undefined);
  if (given.length === 0) return [required(path, 'must specify a volume type')];
  return given.flatMap((field, i) => {
    // A flexVolume is judged wherever it comes.
    if (i > 0 && field !== 'flexVolume') {
      return [forbidden(path.child(field === 'cephfs' ? 'cephFS' : field), 'may not specify more than 1 volume type')];
    }
    return judge(field, spec, path, name);
  });
}

const options = { kubernetes: '1.36', isPod: false } as const;

function judge(field: Source, spec: PersistentVolumeSpec, path: Path, name: string): FieldError[] {
  const rule = own[field];
  if (rule) return rule(spec, path, name);
  const shared = volumeSources.find((source) => source.field === field);
  // The sources of both have the fields that the shared rules look at.
  const asVolume = { name, [field]: spec[field] } as Volume;
  const errors = shared?.judge(asVolume, path, options) ?? [];
  return [...errors, ...(more[field]?.(spec, path, name) ?? [])];
}
