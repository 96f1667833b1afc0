/** What an expression works with: whole numbers are bigints, fractions numbers; objects are JSON as stored. */
export type CelValue =
  null | boolean | bigint | number | string | readonly CelValue[] | ReadonlyMap<CelValue, CelValue> | LazyFields;

/** An object whose fields are worked out when they are asked for, and once. */
export class LazyFields {
  private readonly known = new Map<string, CelValue>();

  constructor(private readonly fields: ReadonlyMap<string, () => CelValue>) {}

  get(name: string): CelValue | undefined {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const value = this.fields.get(name)?.();
    if (value !== undefined) this.known.set(name, value);
    return value;
  }
}

/** An expression that failed on the values it was given. */
export class EvaluationError extends Error {}

/** JSON as an expression sees it. */
export function fromJson(value: unknown): CelValue {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return null;
  const given = Object.entries(value).filter(([, one]) => one !== undefined);
  return new Map(given.map(([key, one]) => [key, fromJson(one)]));
}

/** Whether CEL calls it a list. */
export function isList(value: CelValue): value is readonly CelValue[] {
  return Array.isArray(value);
}

/** Whether CEL calls it a map. */
export function isMap(value: CelValue): value is ReadonlyMap<CelValue, CelValue> {
  return value instanceof Map;
}

/** Whether CEL calculates with it. */
export function isNumber(value: CelValue): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

/** Numbers are equal across their types, everything else only to its like. */
export function equal(a: CelValue, b: CelValue): boolean {
  if (isNumber(a) && isNumber(b)) return a == b;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((one, i) => equal(one, b[i] ?? null));
  if (isMap(a) && isMap(b)) {
    return a.size === b.size && [...a].every(([key, one]) => b.has(key) && equal(one, b.get(key) ?? null));
  }
  return a === b;
}
