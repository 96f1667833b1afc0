// Upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting/validation.go
import { type FieldError, invalid, type Path } from '../../field-error';
import { type Schema, schemaOfItems, schemaOfOthers } from './schema-walk';

/** Defaults that are not of the type of their field, or out of its bounds. What is inside of them is not looked at. */
export function validateDefaults(schema: Schema, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const { type = '', properties = {} } = schema;
  // Any JSON: the type has no word for it.
  const value: unknown = schema.default;
  const items = schemaOfItems(schema);
  const others = schemaOfOthers(schema);
  if (value !== undefined && type !== '' && !(value === null && schema.nullable)) {
    const given = jsonType(value);
    const fits = given === type || (type === 'number' && given === 'integer');
    const at = path.child('default');
    // Upstream tells a wrong type by a reason of its own.
    const text = ` in body must be of type ${type}: "${given}"`;
    if (!fits) errors.push({ ...invalid(at, given, text), reason: 'FieldValueTypeInvalid' });
    else if (typeof value === 'number') errors.push(...validateBounds(schema, value, at));
  }
  if (items) errors.push(...validateDefaults(items, path.child('items')));
  if (others) errors.push(...validateDefaults(others, path.child('additionalProperties')));
  for (const [name, property] of Object.entries(properties)) {
    errors.push(...validateDefaults(property, path.child('properties').key(name)));
  }
  return errors;
}

function validateBounds({ minimum, maximum }: Schema, value: number, at: Path): FieldError[] {
  const text = (bound: string, limit: number) => ` in body should be ${bound} than or equal to ${limit}`;
  return [
    ...(maximum !== undefined && value > maximum ? [invalid(at, value, text('less', maximum))] : []),
    ...(minimum !== undefined && value < minimum ? [invalid(at, value, text('greater', minimum))] : []),
  ];
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
