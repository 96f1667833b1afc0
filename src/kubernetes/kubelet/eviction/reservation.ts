import { wholeValue } from '../../api/quantity';
import { bytesText, quantityOf, thresholds } from './thresholds';

const kept = new Set(['memory.available', 'nodefs.available']);

/**
 * What a machine has for Pods: all but what has to stay free lest the kubelet evicts.
 * Upstream: pkg/kubelet/cm/node_container_manager_linux.go `GetNodeAllocatableReservation`, `hardEvictionReservation`
 */
export function allocatableOf(capacity: Readonly<Record<string, string>>): Record<string, string> {
  const left = thresholds.flatMap((threshold): (readonly [string, string])[] => {
    const all = wholeValue(capacity[threshold.resource]);
    if (!kept.has(threshold.signal) || all === 0) return [];
    const least = quantityOf(threshold, { capacity: all, available: all });
    return [[threshold.resource, bytesText(Math.max(0, all - least))]];
  });
  return { ...capacity, ...Object.fromEntries(left) };
}
