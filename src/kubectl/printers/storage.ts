import type {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  VolumeAttachment,
  VolumeAttributesClass,
} from '@/kubernetes/api/generated/storage-v1';
import { type Column, ageColumn, column, nameColumn, orNone } from './column';

export const csiDrivers: readonly Column<CSIDriver>[] = [
  nameColumn(),
  column('ATTACHREQUIRED', ({ spec }) => String(spec.attachRequired ?? true)),
  column('PODINFOONMOUNT', ({ spec }) => String(spec.podInfoOnMount ?? false)),
  column('STORAGECAPACITY', ({ spec }) => String(spec.storageCapacity ?? false)),
  column('TOKENREQUESTS', ({ spec }) => spec.tokenRequests?.map(({ audience }) => audience).join(',') ?? '<unset>'),
  column('REQUIRESREPUBLISH', ({ spec }) => String(spec.requiresRepublish ?? false)),
  column('MODES', ({ spec }) => orNone(spec.volumeLifecycleModes?.join(','))),
  ageColumn(),
];

export const csiNodes: readonly Column<CSINode>[] = [
  nameColumn(),
  // The server keeps a list without drivers as null.
  column('DRIVERS', ({ spec }) => String((spec.drivers as readonly unknown[] | null)?.length ?? 0)),
  ageColumn(),
];

/** Its registry has no printer. Upstream: apiserver/pkg/registry/rest/table.go `defaultTableConvertor`. */
export const csiStorageCapacities: readonly Column<CSIStorageCapacity>[] = [
  nameColumn(),
  column('CREATED AT', ({ metadata }) => metadata.creationTimestamp ?? ''),
];

export const volumeAttachments: readonly Column<VolumeAttachment>[] = [
  nameColumn(),
  column('ATTACHER', ({ spec }) => spec.attacher),
  column('PV', ({ spec }) => spec.source.persistentVolumeName ?? ''),
  column('NODE', ({ spec }) => spec.nodeName),
  column('ATTACHED', ({ status }) => String(status?.attached ?? false)),
  ageColumn(),
];

export const volumeAttributesClasses: readonly Column<VolumeAttributesClass>[] = [
  nameColumn(),
  column('DRIVERNAME', ({ driverName }) => driverName),
  ageColumn(),
];
