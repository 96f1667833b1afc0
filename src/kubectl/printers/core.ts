import type {
  ComponentStatus,
  ConfigMap,
  LimitRange,
  Namespace,
  PersistentVolume,
  PersistentVolumeClaim,
  PodTemplate,
  ResourceQuota,
  Secret,
  ServiceAccount,
} from '@/kubernetes/api/generated/core-v1';
import { age } from '../output/age';
import { type Column, ageColumn, column, nameColumn, wide } from './column';
import { storageClassOf } from './storage-class';
import { labelsText } from './selector-text';

export const configMaps: readonly Column<ConfigMap>[] = [
  nameColumn(),
  column('DATA', ({ data, binaryData }) => String(count(data) + count(binaryData))),
  ageColumn(),
];

export const componentStatuses: readonly Column<ComponentStatus>[] = [
  nameColumn(),
  column('STATUS', ({ conditions }) => (healthOf(conditions)?.status === 'True' ? 'Healthy' : 'Unhealthy')),
  column('MESSAGE', ({ conditions }) => healthOf(conditions)?.message ?? ''),
  column('ERROR', ({ conditions }) => healthOf(conditions)?.error ?? ''),
];

/** Upstream: printers.go `printComponentStatus`. */
function healthOf(conditions: ComponentStatus['conditions']) {
  return conditions?.find(({ type }) => type === 'Healthy');
}

export const secrets: readonly Column<Secret>[] = [
  nameColumn(),
  column('TYPE', ({ type }) => type ?? ''),
  column('DATA', ({ data }) => String(count(data))),
  ageColumn(),
];

export const serviceAccounts: readonly Column<ServiceAccount>[] = [nameColumn(), ageColumn()];

export const namespaces: readonly Column<Namespace>[] = [
  nameColumn(),
  column('STATUS', ({ status }) => status.phase ?? ''),
  ageColumn(),
];

export const limitRanges: readonly Column<LimitRange>[] = [
  nameColumn(),
  column('CREATED AT', ({ metadata }) => metadata.creationTimestamp ?? ''),
];

export const resourceQuotas: readonly Column<ResourceQuota>[] = [
  nameColumn(),
  column('REQUEST', (quota) => quotaText(quota, (name) => !name.startsWith('limits'))),
  column('LIMIT', (quota) => quotaText(quota, (name) => name.startsWith('limits'))),
  column('AGE', ({ metadata }, now) => age(metadata.creationTimestamp, now)),
];

/** Upstream: printers.go `printResourceQuota`. */
function quotaText({ status }: ResourceQuota, wanted: (name: string) => boolean): string {
  return Object.keys(status.hard ?? {})
    .sort()
    .filter(wanted)
    .map((name) => `${name}: ${status.used?.[name] ?? '0'}/${status.hard?.[name] ?? ''}`)
    .join(', ');
}

const modes: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** `RWO,ROX`, in an order of its own. Upstream: kubectl/pkg/util/storage/storage.go `GetAccessModesAsString`. */
export function accessModes(names: readonly string[] = []): string {
  return Object.keys(modes)
    .filter((mode) => names.includes(mode))
    .map((mode) => modes[mode])
    .join(',');
}

export const persistentVolumeClaims: readonly Column<PersistentVolumeClaim>[] = [
  nameColumn(),
  column('STATUS', ({ metadata, status }) => (metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? ''))),
  column('VOLUME', ({ spec }) => spec.volumeName ?? ''),
  column('CAPACITY', ({ spec, status }) => (spec.volumeName ? (status.capacity?.storage ?? '') : '')),
  column('ACCESS MODES', ({ spec, status }) => (spec.volumeName ? accessModes(status.accessModes) : '')),
  column('STORAGECLASS', storageClassOf),
  column('VOLUMEATTRIBUTESCLASS', ({ spec }) => spec.volumeAttributesClassName ?? '<unset>'),
  ageColumn(),
  wide('VOLUMEMODE', ({ spec }) => spec.volumeMode ?? '<unset>'),
];

export const persistentVolumes: readonly Column<PersistentVolume>[] = [
  nameColumn(),
  column('CAPACITY', ({ spec }) => spec.capacity?.storage ?? ''),
  column('ACCESS MODES', ({ spec }) => accessModes(spec.accessModes)),
  column('RECLAIM POLICY', ({ spec }) => spec.persistentVolumeReclaimPolicy ?? ''),
  column('STATUS', ({ metadata, status }) => (metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? ''))),
  column('CLAIM', ({ spec }) => (spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '')),
  column('STORAGECLASS', storageClassOf),
  column('VOLUMEATTRIBUTESCLASS', ({ spec }) => spec.volumeAttributesClassName ?? '<unset>'),
  column('REASON', ({ status }) => status.reason ?? ''),
  ageColumn(),
  wide('VOLUMEMODE', ({ spec }) => spec.volumeMode ?? '<unset>'),
];

export const podTemplates: readonly Column<PodTemplate>[] = [
  nameColumn(),
  column('CONTAINERS', ({ template }) => (template?.spec?.containers ?? []).map((one) => one.name).join(',')),
  column('IMAGES', ({ template }) => (template?.spec?.containers ?? []).map((one) => one.image ?? '').join(',')),
  column('POD LABELS', ({ template }) => labelsText(template?.metadata?.labels)),
];

function count(map: object | undefined): number {
  return Object.keys(map ?? {}).length;
}
