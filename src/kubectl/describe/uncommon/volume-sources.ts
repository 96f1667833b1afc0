import { isObject, type JsonObject } from '@/kubernetes/api/object';
import { goValueText } from '../../output/go-syntax';

/** What is written of a source: its label, its field, and what stands for a field that is not there. */
type Entry = readonly [label: string, field: string, absent?: string | number | boolean];

interface Source {
  readonly type: string;
  readonly entries: readonly Entry[];
}

const readOnly: Entry = ['ReadOnly:', 'readOnly', false];
const fsType: Entry = ['FSType:', 'fsType'];
const secretRef: Entry = ['SecretRef:', 'secretRef', 'nil'];

/**
 * The sources of volumes that have gone out of use, or need hardware. Where a PersistentVolume says more than a Pod, the
 * entry begins with its field's name. Upstream: kubectl/pkg/describe/describe.go `printRBDVolumeSource` and its like.
 */
const sources: Readonly<Record<string, Source>> = {
  gcePersistentDisk: {
    type: 'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    entries: [['PDName:', 'pdName'], fsType, ['Partition:', 'partition', 0], readOnly],
  },
  awsElasticBlockStore: {
    type: 'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    entries: [['VolumeID:', 'volumeID'], fsType, ['Partition:', 'partition', 0], readOnly],
  },
  gitRepo: {
    type: 'GitRepo (a volume that is pulled from git when the pod is created)',
    entries: [
      ['Repository:', 'repository'],
      ['Revision:', 'revision'],
    ],
  },
  iscsi: {
    type: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    entries: [
      ['TargetPortal:', 'targetPortal'],
      ['IQN:', 'iqn'],
      ['Lun:', 'lun', 0],
      // Upstream has forgotten this colon.
      ['ISCSIInterface', 'iscsiInterface'],
      fsType,
      readOnly,
      ['Portals:', 'portals', '[]'],
      ['DiscoveryCHAPAuth:', 'chapAuthDiscovery', false],
      ['SessionCHAPAuth:', 'chapAuthSession', false],
      secretRef,
      ['InitiatorName:', 'initiatorName', '<none>'],
    ],
  },
  glusterfs: {
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    entries: [['EndpointsName:', 'endpoints'], ['Path:', 'path'], readOnly],
  },
  rbd: {
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    entries: [
      ['CephMonitors:', 'monitors', '[]'],
      ['RBDImage:', 'image'],
      fsType,
      ['RBDPool:', 'pool'],
      ['RadosUser:', 'user'],
      ['Keyring:', 'keyring'],
      secretRef,
      readOnly,
    ],
  },
  quobyte: {
    type: "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
    entries: [['Registry:', 'registry'], ['Volume:', 'volume'], readOnly],
  },
  azureDisk: {
    type: 'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
    entries: [
      ['DiskName:', 'diskName'],
      ['DiskURI:', 'diskURI'],
      ['Kind: ', 'kind'],
      fsType,
      ['CachingMode:', 'cachingMode'],
      readOnly,
    ],
  },
  vsphereVolume: {
    type: 'vSphereVolume (a Persistent Disk resource in vSphere)',
    entries: [['VolumePath:', 'volumePath'], fsType, ['StoragePolicyName:', 'storagePolicyName']],
  },
  cinder: {
    type: 'Cinder (a Persistent Disk resource in OpenStack)',
    entries: [['VolumeID:', 'volumeID'], fsType, readOnly, secretRef],
  },
  photonPersistentDisk: {
    type: 'PhotonPersistentDisk (a Persistent Disk resource in photon platform)',
    entries: [['PdID:', 'pdID'], fsType],
  },
  portworxVolume: { type: 'PortworxVolume (a Portworx Volume resource)', entries: [['VolumeID:', 'volumeID']] },
  scaleIO: {
    type: 'ScaleIO (a persistent volume backed by a block device in ScaleIO)',
    entries: [
      ['Gateway:', 'gateway'],
      ['System:', 'system'],
      ['Protection Domain:', 'protectionDomain'],
      ['Storage Pool:', 'storagePool'],
      ['Storage Mode:', 'storageMode'],
      ['VolumeName:', 'volumeName'],
      fsType,
      readOnly,
    ],
  },
  cephfs: {
    type: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    entries: [
      ['Monitors:', 'monitors', '[]'],
      ['Path:', 'path'],
      ['User:', 'user'],
      ['SecretFile:', 'secretFile'],
      secretRef,
      readOnly,
    ],
  },
  storageos: {
    type: 'StorageOS (a StorageOS Persistent Disk resource)',
    entries: [['VolumeName:', 'volumeName'], ['VolumeNamespace:', 'volumeNamespace'], fsType, readOnly],
  },
  fc: {
    type: 'FC (a Fibre Channel disk)',
    entries: [['TargetWWNs:', 'targetWWNs'], ['LUN:', 'lun', '<none>'], fsType, readOnly],
  },
  azureFile: {
    type: 'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
    entries: [['SecretName:', 'secretName'], ['ShareName:', 'shareName'], readOnly],
  },
  flexVolume: {
    type: 'FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)',
    entries: [['Driver:', 'driver'], fsType, secretRef, readOnly, ['Options:', 'options', 'map[]']],
  },
  flocker: {
    type: 'Flocker (a Flocker volume mounted by the Flocker agent)',
    entries: [
      ['DatasetName:', 'datasetName'],
      ['DatasetUUID:', 'datasetUUID'],
    ],
  },
};

/** What a PersistentVolume has between the entries of a Pod's volume: before which label, and what. */
const ofPersistentVolume: Readonly<Record<string, { readonly before: string; readonly entries: readonly Entry[] }>> = {
  glusterfs: { before: 'Path:', entries: [['EndpointsNamespace:', 'endpointsNamespace', '<unset>']] },
  azureFile: { before: 'ShareName:', entries: [['SecretNamespace:', 'secretNamespace']] },
};

/** `Label:\tvalue`, a line each; undefined for a source that is none of these. */
export function uncommonSource(volume: JsonObject, persistent: boolean): string[] | undefined {
  const found = Object.entries(sources).find(([field]) => isObject(volume[field]));
  if (!found) return undefined;
  const [field, { type, entries }] = found;
  const source = volume[field];
  if (!isObject(source)) return undefined;
  const more = persistent ? ofPersistentVolume[field] : undefined;
  return [
    `Type:\t${type}`,
    ...entries.flatMap((entry) => [
      ...(more?.before === entry[0] ? more.entries.map((one) => lineOf(one, source)) : []),
      ...(field === 'scaleIO' && persistent && entry === fsType ? secretOf(source.secretRef) : []),
      lineOf(entry, source),
    ]),
  ];
}

function lineOf([label, field, absent = '']: Entry, source: JsonObject): string {
  const value = source[field] ?? absent;
  if (field === 'secretRef' && isObject(value)) return `${label}\t${referenceText(value)}`;
  // Upstream joins these itself.
  if (field === 'targetWWNs' && Array.isArray(value)) return `${label}\t${value.join(', ')}`;
  return `${label}\t${goValueText(value)}`;
}

/** `&LocalObjectReference{Name:s,}`, as the generated String methods print a reference. */
function referenceText({ name = '', namespace }: JsonObject): string {
  const text = (value: unknown) => goValueText(value ?? '');
  return namespace === undefined
    ? `&LocalObjectReference{Name:${text(name)},}`
    : `&SecretReference{Name:${text(name)},Namespace:${text(namespace)},}`;
}

/** Upstream: `printScaleIOPersistentVolumeSource`. */
function secretOf(reference: unknown): string[] {
  const { name, namespace } = isObject(reference) ? reference : {};
  return [`SecretName:\t${goValueText(name ?? '')}`, `SecretNamespace:\t${goValueText(namespace ?? '')}`];
}
