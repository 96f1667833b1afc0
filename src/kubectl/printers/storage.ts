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
  column('DRIVERS', ({ spec }) => String(spec.drivers.length)),
  ageColumn(),
];

export const csiStorageCapacities: readonly Column<CSIStorageCapacity>[] = [
  nameColumn(),
  column('STORAGECLASSNAME', ({ storageClassName }) => storageClassName),
  column('CAPACITY', ({ capacity }) => String(capacity ?? '<unset>')),
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
