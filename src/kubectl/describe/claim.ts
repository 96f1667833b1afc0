import type { PersistentVolumeClaim } from '@/kubernetes/api/generated/core-v1';
import type { KubeObject } from '@/kubernetes/api/object';
import { accessModes } from '../printers/core';
import { storageClassOf } from '../printers/storage-class';
import type { Lines } from './lines';
import { annotations, labels } from './metadata';

/** What an ephemeral volume has in place of a claim. */
type Template = Pick<PersistentVolumeClaim, 'spec'> & { readonly metadata?: Partial<KubeObject['metadata']> };

/**
 * A claim, or (`full` absent) the template of an ephemeral volume's claim, which has neither a name nor a status yet and
 * is set in. Upstream: kubectl/pkg/describe/describe.go `printPersistentVolumeClaim`.
 */
export function describeClaim(
  lines: Lines,
  claim: Template | undefined,
  full?: { readonly status: PersistentVolumeClaim['status']; readonly phase: string | undefined },
): void {
  if (!claim) return;
  const { metadata = {}, spec } = claim;
  const level = full ? 0 : 2;
  if (full) {
    lines.field('Name', metadata.name);
    lines.field('Namespace', metadata.namespace);
  }
  lines.field('StorageClass', storageClassOf({ metadata, spec }), level);
  if (full) lines.field('Status', full.phase);
  lines.field('Volume', spec.volumeName, level);
  labels(lines, 'Labels', metadata.labels, level);
  annotations(lines, 'Annotations', metadata.annotations, level);
  if (full) lines.field('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  const bound = spec.volumeName ? (full?.status ?? {}) : undefined;
  lines.field('Capacity', bound && (bound.capacity?.storage ?? '0'), level);
  lines.field('Access Modes', bound && accessModes(bound.accessModes), level);
  if (spec.volumeMode !== undefined) lines.field('VolumeMode', spec.volumeMode, level);
  const source = spec.dataSource;
  if (!source) return;
  lines.add(level, 'DataSource:');
  // The server answers null for the core group.
  if ((source.apiGroup ?? null) !== null) lines.field('APIGroup', source.apiGroup, level + 1);
  lines.field('Kind', source.kind, level + 1);
  lines.field('Name', source.name, level + 1);
}
