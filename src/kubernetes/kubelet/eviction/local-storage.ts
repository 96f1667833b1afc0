import type { Pod, PodSpec } from '../../api/generated/core-v1';
import { wholeValue } from '../../api/quantity';
import { podTotal } from '../../placement/pod-total';
import { diskOf, type PodStats } from './stats';

/** Whether a Pod has limits of its own to what it writes on the node. */
export function limitsLocalStorage({ containers, volumes = [] }: PodSpec): boolean {
  return (
    volumes.some(({ emptyDir }) => emptyDir?.sizeLimit !== undefined) ||
    containers.some(({ resources }) => resources?.limits?.['ephemeral-storage'] !== undefined)
  );
}

/**
 * The limit that a Pod has gone over, in the words of its eviction; undefined when there is none.
 * Upstream: pkg/kubelet/eviction/eviction_manager.go `localStorageEviction`
 */
export function exceededLimit({ spec }: Pod, stats: PodStats): string | undefined {
  for (const { name, emptyDir } of spec.volumes ?? []) {
    const limit = emptyDir?.sizeLimit;
    const used = stats.volumes.get(name);
    if (limit !== undefined && used !== undefined && wholeValue(limit) > 0 && used > wholeValue(limit)) {
      return `Usage of EmptyDir volume "${name}" exceeds the limit "${limit}". `;
    }
  }
  const total = podTotal(spec, 'limits')['ephemeral-storage'];
  if (total !== undefined && diskOf(stats) > wholeValue(total)) {
    return `Pod ephemeral local storage usage exceeds the total limit of containers ${total}. `;
  }
  for (const { name, disk } of stats.containers) {
    const limit = spec.containers.find((one) => one.name === name)?.resources?.limits?.['ephemeral-storage'];
    if (limit !== undefined && wholeValue(limit) > 0 && disk > wholeValue(limit)) {
      return `Container ${name} exceeded its local ephemeral storage limit "${limit}". `;
    }
  }
  return undefined;
}
