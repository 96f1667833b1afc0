import { formatQuantity } from '../../api/quantity';
import type { Amount } from '../../runtime/usage';

export type Signal = 'memory.available' | 'nodefs.available' | 'imagefs.available';
export type StarvedResource = 'memory' | 'ephemeral-storage';
export type Pressure = 'MemoryPressure' | 'DiskPressure';
export type Observations = Readonly<Record<Signal, Amount>>;

/** Less than so much, or than such a share of all, is too little. */
export interface Threshold {
  readonly signal: Signal;
  readonly resource: StarvedResource;
  readonly condition: Pressure;
  readonly least: { readonly bytes: number } | { readonly share: number };
}

/**
 * What a kubelet goes by that was told nothing else. Inodes, of which it wants 5 % free, are not counted here: nobody
 * could use up so many. Numbers of processes have no threshold unless one is set.
 * Upstream: pkg/kubelet/eviction/defaults_linux.go `DefaultEvictionHard`, helpers.go `signalToResource`.
 */
export const thresholds: readonly Threshold[] = [
  {
    signal: 'memory.available',
    resource: 'memory',
    condition: 'MemoryPressure',
    least: { bytes: 100 * 1024 ** 2 },
  },
  { signal: 'nodefs.available', resource: 'ephemeral-storage', condition: 'DiskPressure', least: { share: 0.1 } },
  { signal: 'imagefs.available', resource: 'ephemeral-storage', condition: 'DiskPressure', least: { share: 0.15 } },
];

/** In bytes. Shares are numbers of single precision: pkg/kubelet/eviction/api/types.go `GetThresholdQuantity`. */
export function quantityOf({ least }: Threshold, { capacity }: Amount): number {
  return 'bytes' in least ? least.bytes : Math.trunc(capacity * Math.fround(least.share));
}

export function isMet(threshold: Threshold, observations: Observations): boolean {
  const observed = observations[threshold.signal];
  return observed.available < quantityOf(threshold, observed);
}

/** `resource.NewQuantity(…, resource.BinarySI).String()` */
export function bytesText(bytes: number): string {
  return formatQuantity({ nano: BigInt(bytes) * 1_000_000_000n, format: 'BinarySI' });
}
