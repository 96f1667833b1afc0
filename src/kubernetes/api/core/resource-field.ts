import type { Container } from '../generated/core-v1';
import { parseQuantity } from '../quantity';

/** What a `resourceFieldRef` names: `limits.memory`, in units of its divisor. */
interface ResourceField {
  readonly resource: string;
  readonly divisor?: string;
}

/**
 * The number that a `resourceFieldRef` stands for, rounded up to whole units of its divisor; processors are counted in
 * thousandths first. Undefined for a resource that cannot be asked for. `unlimited` is what stands in for a limit that
 * is not set. Upstream: pkg/api/v1/resource/helpers.go `ExtractContainerResourceValue`.
 */
export function resourceFieldValue(
  { resources }: Pick<Container, 'resources'>,
  { resource, divisor }: ResourceField,
  unlimited: Readonly<Record<string, string>> = {},
): string | undefined {
  const [, kind, name = ''] = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/.exec(resource) ?? [];
  if (kind === undefined) return undefined;
  const amount = kind === 'limits' ? (resources?.limits?.[name] ?? unlimited[name]) : resources?.requests?.[name];
  // Quantities are read down to whole units, those of processors to thousandths, and up (quantity.go `Value`).
  const unit = name === 'cpu' ? 10n ** 6n : 10n ** 9n;
  const read = (text: string) => divideUp(parseQuantity(text)?.nano ?? 0n, unit);
  const by = read(divisor ?? '0');
  return String(divideUp(read(amount ?? '0'), by === 0n ? read('1') : by));
}

function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}
