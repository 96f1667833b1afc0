// Upstream: pkg/apis/core/validation/validation.go `validateVolumeSource` and what it calls
import { type FieldError, forbidden, invalid, notSupported, type Path, required } from '../../../../field-error';
import type { Volume } from '../../../../generated/core-v1';
import { complaints } from '../../../../meta/labels';
import { byteLength, dns1123Label, rangeText } from '../../../../meta/names';
import { nanosOf } from '../../../../quantity';
import { validateClaimTemplate } from '../../../persistent-volume-claim/validation';
import { validatePullPolicy } from '../pull-policy';
import { noBacksteps } from '../paths';
import type { PodSpecOptions } from '../options';
import { optionalOneOf, requireFields } from '../supported';
import {
  validateConfigMapVolume,
  validateDownwardApiVolume,
  validateProjectedVolume,
  validateSecretVolume,
} from './files';
import { validateCsiDriverName, validateFlexOptions, validateISCSI, validateNodePublishSecret } from './storage';

type Judge = (volume: Volume, path: Path, options: PodSpecOptions) => FieldError[];

interface SourceRule {
  readonly field: Exclude<keyof Volume, 'name'>;
  /** Errors of the source itself; `path` is the volume's. */
  readonly judge: Judge;
  /** Where upstream spells the field differently when it comes second. */
  readonly pathWhenTooMany?: string;
  /** Judged whether it comes first or not. */
  readonly alongside?: (volume: Volume, path: Path) => FieldError[];
}

/** A source that only asks for some fields. `at`: where upstream's path is not the field. */
function plain(field: SourceRule['field'], fields: readonly string[], at: string = field): SourceRule {
  return { field, judge: (volume, path) => requireFields(Object(volume[field]) as object, fields, path.child(at)) };
}

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** In upstream's order, which decides which of two sources is the one too many. */
export const volumeSources: readonly SourceRule[] = [
  {
    field: 'emptyDir',
    judge: ({ emptyDir }, path) =>
      nanosOf(emptyDir?.sizeLimit) < 0n
        ? [forbidden(path.child('emptyDir', 'sizeLimit'), 'SizeLimit field must be a valid resource quantity')]
        : [],
  },
  {
    field: 'hostPath',
    judge: ({ hostPath }, path) => validateHostPath(hostPath ?? { path: '' }, path.child('hostPath')),
  },
  {
    field: 'gitRepo',
    judge: ({ gitRepo }, path) => {
      const at = path.child('gitRepo');
      const directory = gitRepo?.directory ?? '';
      const relative = directory.startsWith('/')
        ? [invalid(at.child('directory'), directory, 'must be a relative path')]
        : [];
      const missing = gitRepo?.repository ? [] : [required(at.child('repository'))];
      return [...missing, ...relative, ...noBacksteps(directory, at.child('directory'))];
    },
  },
  {
    field: 'gcePersistentDisk',
    judge: ({ gcePersistentDisk: disk }, path) => [
      ...requireFields(disk ?? {}, ['pdName'], path.child('persistentDisk')),
      ...validatePartition(disk?.partition, path.child('persistentDisk')),
    ],
  },
  {
    field: 'awsElasticBlockStore',
    judge: ({ awsElasticBlockStore: disk }, path) => [
      ...requireFields(disk ?? {}, ['volumeID'], path.child('awsElasticBlockStore')),
      ...validatePartition(disk?.partition, path.child('awsElasticBlockStore')),
    ],
  },
  { field: 'secret', judge: ({ secret }, path) => validateSecretVolume(secret ?? {}, path.child('secret')) },
  {
    field: 'nfs',
    judge: ({ nfs }, path) => [
      ...requireFields(nfs ?? {}, ['server', 'path'], path.child('nfs')),
      ...(nfs?.path?.startsWith('/')
        ? []
        : [invalid(path.child('nfs', 'path'), nfs?.path ?? '', 'must be an absolute path')]),
    ],
  },
  {
    field: 'iscsi',
    judge: ({ iscsi }, path) => (iscsi ? validateISCSI(iscsi, path.child('iscsi')) : []),
    alongside: ({ name, iscsi }, path) =>
      iscsi?.initiatorName !== undefined && byteLength(`${name}:${iscsi.targetPortal}`) > 64
        ? [invalid(path.child('name'), name, iscsiTooLong)]
        : [],
  },
  plain('glusterfs', ['endpoints', 'path']),
  { field: 'flocker', judge: ({ flocker }, path) => validateFlocker(flocker ?? {}, path.child('flocker')) },
  plain('persistentVolumeClaim', ['claimName']),
  plain('rbd', ['monitors', 'image']),
  {
    field: 'cinder',
    judge: ({ cinder }, path) => [
      ...requireFields(cinder ?? {}, ['volumeID'], path.child('cinder')),
      ...(cinder?.secretRef ? requireFields(cinder.secretRef, ['name'], path.child('cinder', 'secretRef')) : []),
    ],
  },
  { ...plain('cephfs', ['monitors']), pathWhenTooMany: 'cephFS' },
  {
    field: 'quobyte',
    judge: ({ quobyte }, path) => validateQuobyte(quobyte ?? { registry: '', volume: '' }, path.child('quobyte')),
  },
  {
    field: 'downwardAPI',
    judge: ({ downwardAPI }, path) => validateDownwardApiVolume(downwardAPI ?? {}, path.child('downwardAPI')),
    pathWhenTooMany: 'downwarAPI',
  },
  { field: 'fc', judge: ({ fc }, path) => validateFibreChannel(fc ?? {}, path.child('fc')) },
  {
    field: 'flexVolume',
    judge: ({ flexVolume }, path) => [
      ...requireFields(flexVolume ?? {}, ['driver'], path.child('flexVolume')),
      ...validateFlexOptions(flexVolume?.options, path.child('flexVolume', 'options')),
    ],
  },
  {
    field: 'configMap',
    judge: ({ configMap }, path) => validateConfigMapVolume(configMap ?? {}, path.child('configMap')),
  },
  plain('azureFile', ['secretName', 'shareName']),
  plain('vsphereVolume', ['volumePath']),
  plain('photonPersistentDisk', ['pdID']),
  plain('portworxVolume', ['volumeID']),
  {
    field: 'azureDisk',
    judge: ({ azureDisk }, path) => (azureDisk ? validateAzureDisk(azureDisk, path.child('azureDisk')) : []),
  },
  { field: 'storageos', judge: ({ storageos }, path) => validateStorageOS(storageos ?? {}, path.child('storageos')) },
  {
    field: 'projected',
    judge: ({ projected }, path, options) => validateProjectedVolume(projected ?? {}, path.child('projected'), options),
  },
  plain('scaleIO', ['gateway', 'system', 'volumeName']),
  {
    field: 'csi',
    judge: ({ csi }, path) => [
      ...validateCsiDriverName(csi?.driver ?? '', path.child('csi', 'driver')),
      ...validateNodePublishSecret(csi?.nodePublishSecretRef, path.child('csi')),
    ],
  },
  {
    field: 'ephemeral',
    judge: ({ ephemeral }, path) => {
      const at = path.child('ephemeral', 'volumeClaimTemplate');
      return ephemeral?.volumeClaimTemplate ? validateClaimTemplate(ephemeral.volumeClaimTemplate, at) : [required(at)];
    },
  },
  {
    field: 'image',
    judge: ({ image }, path, { isPod }) => [
      ...(isPod && !image?.reference ? [required(path.child('image', 'reference'))] : []),
      ...validatePullPolicy(image?.pullPolicy, path.child('image', 'pullPolicy')),
    ],
  },
];

const iscsiTooLong =
  'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';

/** Also of a PersistentVolume. */
function validateHostPath(hostPath: { path: string; type?: string }, path: Path): FieldError[] {
  if (!hostPath.path) return [required(path.child('path'))];
  return [
    ...noBacksteps(hostPath.path, path.child('path')),
    ...optionalOneOf(hostPath.type, hostPathTypes, path.child('type')),
  ];
}

function validatePartition(partition: number | undefined, path: Path): FieldError[] {
  const value = partition ?? 0;
  return value < 0 || value > 255 ? [invalid(path.child('partition'), value, rangeText(1, 255))] : [];
}

function validateFlocker(
  { datasetName = '', datasetUUID = '' }: NonNullable<Volume['flocker']>,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!datasetName && !datasetUUID) errors.push(required(path, 'one of datasetName and datasetUUID is required'));
  if (datasetName && datasetUUID) {
    errors.push(invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'));
  }
  if (datasetName.includes('/')) errors.push(invalid(path.child('datasetName'), datasetName, "must not contain '/'"));
  return errors;
}

function validateQuobyte({ registry, tenant = '', volume }: NonNullable<Volume['quobyte']>, path: Path): FieldError[] {
  const text = 'must be a host:port pair or multiple pairs separated by commas';
  const errors: FieldError[] = [];
  if (!registry) errors.push(required(path.child('registry'), text));
  else if (tenant.length >= 65) {
    errors.push(required(path.child('tenant'), 'must be a UUID and may not exceed a length of 64 characters'));
  } else {
    const pairs = registry.split(',').filter((pair) => !/^([^:]*|\[.*\]):[^:]*$/.test(pair));
    errors.push(...pairs.map(() => invalid(path.child('registry'), registry, text)));
  }
  return volume ? errors : [...errors, required(path.child('volume'))];
}

function validateFibreChannel(
  { targetWWNs = [], wwids = [], lun }: NonNullable<Volume['fc']>,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  const at = path.child('targetWWNs');
  if (targetWWNs.length + wwids.length === 0) {
    errors.push(required(at, 'must specify either targetWWNs or wwids, but not both'));
  }
  if (targetWWNs.length > 0 && wwids.length > 0) {
    errors.push(invalid(at, targetWWNs, 'targetWWNs and wwids can not be specified simultaneously'));
  }
  if (targetWWNs.length === 0) return errors;
  if (lun === undefined) errors.push(required(path.child('lun'), 'lun is required if targetWWNs is specified'));
  else if (lun < 0 || lun > 255) errors.push(invalid(path.child('lun'), lun, rangeText(0, 255)));
  return errors;
}

const managedDisk = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const blobDisk = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

function validateAzureDisk(disk: NonNullable<Volume['azureDisk']>, path: Path): FieldError[] {
  const { kind, diskURI } = disk;
  const errors = [
    ...requireFields(disk, ['diskName', 'diskURI'], path),
    ...optionalOneOf(disk.cachingMode, ['None', 'ReadOnly', 'ReadWrite'], path.child('cachingMode')),
    ...optionalOneOf(kind, ['Dedicated', 'Managed', 'Shared'], path.child('kind')),
  ];
  if (kind === 'Managed' && !diskURI.startsWith('/subscriptions/')) {
    errors.push(notSupported(path.child('diskURI'), diskURI, [managedDisk]));
  }
  if (kind !== undefined && kind !== 'Managed' && !diskURI.startsWith('https://')) {
    errors.push(notSupported(path.child('diskURI'), diskURI, [blobDisk]));
  }
  return errors;
}

function validateStorageOS(source: NonNullable<Volume['storageos']>, path: Path): FieldError[] {
  const { volumeName, volumeNamespace, secretRef } = source;
  return [
    ...(volumeName
      ? complaints(dns1123Label, path.child('volumeName'), volumeName)
      : [required(path.child('volumeName'))]),
    ...(volumeNamespace ? complaints(dns1123Label, path.child('volumeNamespace'), volumeNamespace) : []),
    ...(secretRef ? requireFields(secretRef, ['name'], path.child('secretRef')) : []),
  ];
}
