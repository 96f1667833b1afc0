// Upstream: pkg/api/pod/warnings.go, pkg/api/persistentvolumeclaim/util.go
import type { Path } from '../field-error';
import { formatQuantity, parseQuantity } from '../quantity';

const nanosPerUnit = 1_000_000_000n;
/** Upstream counts in thousandths; a greater amount is cut to a count that is no whole one. */
const maxInt64 = 2n ** 63n - 1n;

type Lists = { readonly limits?: { [name: string]: string }; readonly requests?: { [name: string]: string } };

/** Bytes come whole: `1500m` of memory is a slip of the pen. Limits before requests, name by name. */
export function fractionalBytes(resources: Lists, path: Path, names: readonly string[]): string[] {
  return names.flatMap((name) =>
    (['limits', 'requests'] as const).flatMap((list) =>
      fractionalByte(resources[list]?.[name], path.child(list).key(name)),
    ),
  );
}

export function fractionalByte(value: string | undefined, path: Path): string[] {
  const quantity = value === undefined ? undefined : parseQuantity(value);
  if (!quantity || (quantity.nano % nanosPerUnit === 0n && quantity.nano / nanosPerUnit <= maxInt64)) return [];
  return [`${path}: fractional byte value "${formatQuantity(quantity)}" is invalid, must be an integer`];
}
