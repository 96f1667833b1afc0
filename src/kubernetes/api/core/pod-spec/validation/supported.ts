import { type FieldError, notSupported, type Path, required } from '../../../field-error';

/** An enumeration: what is allowed, printed in this order. Upstream's sets print sorted, its lists as written. */
export function oneOf(value: string | undefined, allowed: readonly string[], path: Path): FieldError[] {
  return value !== undefined && allowed.includes(value) ? [] : [notSupported(path, value ?? '', allowed)];
}

/** The same, where leaving it out has an error of its own, while an empty text is a wrong one: pointers in Go. */
export function presentOneOf(value: string | undefined, allowed: readonly string[], path: Path): FieldError[] {
  return value === undefined ? [required(path)] : oneOf(value, allowed, path);
}

/** The same, where an empty text is as good as none. */
export function requiredOneOf(value: string | undefined, allowed: readonly string[], path: Path): FieldError[] {
  return value ? oneOf(value, allowed, path) : [required(path)];
}

/** The same, where leaving it out is fine. */
export function optionalOneOf(value: string | undefined, allowed: readonly string[], path: Path): FieldError[] {
  return value === undefined ? [] : oneOf(value, allowed, path);
}

/** `Required value` for each of `fields` that is missing or empty. */
export function requireFields(value: object, fields: readonly string[], path: Path): FieldError[] {
  const given = new Map(Object.entries(value));
  return fields.filter((field) => isEmpty(given.get(field))).map((field) => required(path.child(field)));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
