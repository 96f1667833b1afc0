import type { GoType } from '../schema/go-type';

/** How a wrong value is told, and whether reading goes on after it. */
export interface Dialect {
  /** The first error ends the reading. */
  readonly aborts: boolean;
  /** Errors name the field they are about. */
  readonly namesFields: boolean;
  /** Fields are read in the order of the Go type instead of the body's. */
  readonly typeOrder: boolean;
  /** A number for an integer field, or undefined where it cannot be one. */
  integer(value: number, bits: number, unsigned: boolean): number | undefined;
  /** What is said of a value that does not fit, after the field's name where the dialect names it. */
  mismatch(value: unknown, type: GoType): string;
}

/** Bodies: sigs.k8s.io/json, a variant of encoding/json. */
export const jsonDialect: Dialect = {
  aborts: false,
  namesFields: true,
  typeOrder: false,
  integer: (value, bits, unsigned) => (fits(value, bits, unsigned) ? value : undefined),
  mismatch(value, type) {
    const literal = type.kind === 'int' && typeof value === 'number' ? ` ${numberText(value)}` : '';
    return `json: cannot unmarshal ${jsonKind(value)}${literal} into`;
  },
};

/**
 * Results of strategic merge patches. Integers that are too large wrap. Upstream:
 * staging/src/k8s.io/apimachinery/pkg/runtime/converter.go `fromUnstructured`
 */
export const unstructuredDialect: Dialect = {
  aborts: true,
  namesFields: false,
  typeOrder: true,
  integer(value, bits, unsigned) {
    if (!Number.isInteger(value)) return undefined;
    // What does not fit in 64 bits is the smallest number of them, as the processor converts it.
    const wide = Math.abs(value) < 2 ** 63 ? BigInt(value) : -(2n ** 63n);
    return Number(unsigned ? BigInt.asUintN(bits, wide) : BigInt.asIntN(bits, wide));
  },
  mismatch(value, type) {
    const kind = goKind(value);
    switch (type.kind) {
      case 'struct':
        return `cannot restore struct from: ${kind}`;
      case 'map':
        return `cannot restore map from ${kind}`;
      case 'slice':
      case 'bytes':
        return `cannot restore slice from ${kind}`;
      case 'string':
        // Go converts integers to strings (as code points), which the converter then refuses.
        return kind === 'int64' ? `cannot convert int64 to ${type.text}` : 'unrecognized type: string';
      case 'int':
        return kind === 'float64' ? `cannot convert float64 to ${type.text}` : `unrecognized type: int${type.bits}`;
      default:
        return `unrecognized type: ${type.kind}`;
    }
  },
};

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'object' ? 'map' : 'string';
}

/** Whether a whole number has room in an integer type. */
export function fits(value: number, bits: number, unsigned: boolean): boolean {
  if (!Number.isInteger(value)) return false;
  if (unsigned) return value >= 0 && value < 2 ** bits;
  return value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1);
}

/** A number as Go writes it in JSON. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** What Go's decoder calls a JSON value. */
export function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}
