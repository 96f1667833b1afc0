import type { PersistentVolumeSpec } from '@/kubernetes/api/generated/core-v1';
import type { Lines } from './lines';
import { uncommonSource } from './uncommon/volume-sources';
import { type Field, csiFields, fieldText, hostPathFields, nfsFields } from './volume-source';

/** Where a volume's bytes are. Upstream: kubectl/pkg/describe/describe.go `describePersistentVolume`. */
export function describeSource(lines: Lines, spec: PersistentVolumeSpec): void {
  const fields = commonFields(spec);
  for (const field of fields ?? []) lines.add(2, fieldText(field));
  if (fields) return;
  const other = uncommonSource({ ...spec }, true);
  if (other) for (const text of other) lines.add(2, text);
  else lines.add(1, '<unknown>');
}

function commonFields({ hostPath, nfs, local, csi }: PersistentVolumeSpec): Field[] | undefined {
  if (hostPath) return hostPathFields(hostPath);
  if (nfs) return nfsFields(nfs);
  if (local) {
    return [
      ['Type', 'LocalVolume (a persistent volume backed by local storage on a node)'],
      ['Path', local.path],
    ];
  }
  return csi && csiFields(csi);
}
