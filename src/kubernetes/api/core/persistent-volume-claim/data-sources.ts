// Upstream: pkg/api/persistentvolumeclaim/util.go
import type { PersistentVolumeClaimSpec, TypedLocalObjectReference } from '../../generated/core-v1';

/**
 * What is left of the two fields for a data source, in place: a source in another namespace is dropped while
 * `CrossNamespaceVolumeDataSource` is off, the old field holds claims and snapshots only, and each field is filled in
 * from the other.
 */
export function settleDataSources(spec: PersistentVolumeClaimSpec, old?: PersistentVolumeClaimSpec): void {
  if (spec.dataSourceRef?.namespace && !old?.dataSourceRef) delete spec.dataSourceRef;
  const inUse = old?.dataSource !== undefined || old?.dataSourceRef !== undefined;
  if (!inUse && !spec.dataSourceRef && spec.dataSource && !isClaimOrSnapshot(spec.dataSource)) delete spec.dataSource;
  const { dataSource, dataSourceRef } = spec;
  if (dataSource && !dataSourceRef) spec.dataSourceRef = copied(dataSource);
  else if (!dataSource && dataSourceRef && !dataSourceRef.namespace) spec.dataSource = copied(dataSourceRef);
}

function isClaimOrSnapshot({ apiGroup, kind }: TypedLocalObjectReference): boolean {
  if (!apiGroup) return kind === 'PersistentVolumeClaim';
  return kind === 'VolumeSnapshot' && apiGroup === 'snapshot.storage.k8s.io';
}

function copied({ apiGroup, kind, name }: TypedLocalObjectReference): TypedLocalObjectReference {
  // Go writes a group that is not there as null; the type has no word for it.
  return { apiGroup: (apiGroup ?? null) as string | undefined, kind, name } as TypedLocalObjectReference;
}
