// Upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/validation.go `ValidateStructural`
import { type FieldError, forbidden, invalid, type Path, required } from '../../field-error';
import { deepEqual } from '../../object';
import { othersAllowed, type Schema, schemaOfItems, schemaOfOthers } from './schema-walk';

type Level = 'root' | 'item' | 'field';

const missingType: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

/** What keeps a schema from saying of every field which type it has. Sorted by their texts, as upstream does. */
export function validateStructural(schema: Schema, path: Path): FieldError[] {
  const text = ({ field, body }: FieldError) => `${field}: ${body}`;
  return invariants(schema, 'root', path).sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

function invariants(schema: Schema, level: Level, path: Path): FieldError[] {
  const { type = '', properties = {} } = schema;
  const errors: FieldError[] = [];
  const items = schemaOfItems(schema);
  const others = schemaOfOthers(schema);
  const embedded = schema['x-kubernetes-embedded-resource'] === true;
  const preserves = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const intOrString = schema['x-kubernetes-int-or-string'] === true;
  if (type === 'array' && !items) errors.push(required(path.child('items'), 'must be specified'));
  if (items) errors.push(...invariants(items, 'item', path.child('items')));
  for (const [name, property] of Object.entries(properties)) {
    errors.push(...invariants(property, 'field', path.child('properties').key(name)));
  }
  const extra = path.child('additionalProperties');
  if (othersAllowed(schema) !== undefined && level === 'root') {
    errors.push(forbidden(extra, 'must not be used at the root'));
  }
  if (others) errors.push(...invariants(others, 'field', extra));
  const preserve = path.child('x-kubernetes-preserve-unknown-fields');
  if (intOrString && preserves) {
    errors.push(invalid(preserve, true, 'must be false if x-kubernetes-int-or-string is true'));
  }
  if (intOrString && embedded) {
    const at = path.child('x-kubernetes-embedded-resource');
    errors.push(invalid(at, true, 'must be false if x-kubernetes-int-or-string is true'));
  }
  errors.push(...valueErrors(schema, isIntOrString(schema.anyOf), isIntOrString(schema.allOf?.[0]?.anyOf), path));
  const at = path.child('type');
  if (embedded && type !== 'object') {
    const text = 'must be object if x-kubernetes-embedded-resource is true';
    errors.push(type === '' ? required(at, text) : invalid(at, type, text));
  } else if (type === '' && !intOrString && !preserves) errors.push(required(at, missingType[level]));
  if (embedded && othersAllowed(schema) !== undefined) {
    errors.push(forbidden(extra, 'must not be used if x-kubernetes-embedded-resource is set'));
  }
  if (level === 'root' && type !== '' && type !== 'object')
    errors.push(invalid(at, type, 'must be object at the root'));
  if (level === 'root' || embedded) errors.push(...metaErrors(properties, level, path.child('properties')));
  if (embedded && !preserves && Object.keys(properties).length === 0) {
    const text =
      'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
    errors.push(required(path.child('properties'), text));
  }
  return errors;
}

/** The fields that every object has. */
function metaErrors(properties: { readonly [name: string]: Schema }, level: Level, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of ['kind', 'apiVersion']) {
    const type = properties[name] && (properties[name].type ?? '');
    if (type !== undefined && type !== 'string') {
      errors.push(invalid(path.key(name).child('type'), type, 'must be string'));
    }
  }
  const { metadata } = properties;
  if (!metadata) return errors;
  const at = path.key('metadata');
  if (metadata.type !== 'object') errors.push(invalid(at.child('type'), metadata.type ?? '', 'must be object'));
  if (level !== 'root') return errors;
  const { type: _, properties: named = {}, description, title, default: __, ...rest } = metadata;
  const allowed = Object.keys(named).every((name) => name === 'name' || name === 'generateName');
  if (!allowed || description || title || Object.keys(rest).length > 0) {
    const text = 'must not specify anything other than name and generateName, but metadata is implicitly specified';
    errors.push(forbidden(at, text));
  }
  return errors;
}

function isIntOrString(list: readonly Schema[] | undefined): boolean {
  return deepEqual(list, [{ type: 'integer' }, { type: 'string' }]);
}

/** What a value has to keep to besides its type. */
function valueErrors(schema: Schema, skipAnyOf: boolean, skipFirstAllOf: boolean, path: Path): FieldError[] {
  const lists = skipAnyOf ? (['allOf', 'oneOf'] as const) : (['anyOf', 'allOf', 'oneOf'] as const);
  const errors = lists.flatMap((field) =>
    (schema[field] ?? []).flatMap((one, i) => {
      const skip = field === 'allOf' && skipFirstAllOf && i === 0;
      return nestedErrors(one, skip, path.child(field).index(i));
    }),
  );
  if (schema.not) errors.push(...nestedErrors(schema.not, false, path.child('not')));
  return errors;
}

/** Fields that a condition may not set, and how upstream wants them. */
const ofStructureOnly = [
  ['type', 'empty'],
  ['default', 'undefined'],
  ['title', 'empty'],
  ['description', 'empty'],
  ['nullable', 'false'],
  ['x-kubernetes-preserve-unknown-fields', 'false'],
  ['x-kubernetes-embedded-resource', 'false'],
  ['x-kubernetes-int-or-string', 'false'],
  ['x-kubernetes-list-map-keys', 'empty'],
  ['x-kubernetes-list-type', 'undefined'],
  ['x-kubernetes-map-type', 'undefined'],
] as const;

/** Inside `anyOf` and the like only values are judged: the structure stands outside. */
function nestedErrors(schema: Schema, skipAnyOf: boolean, path: Path): FieldError[] {
  const errors = valueErrors(schema, skipAnyOf, false, path);
  const items = schemaOfItems(schema);
  if (items) errors.push(...nestedErrors(items, false, path.child('items')));
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    errors.push(...nestedErrors(property, false, path.child('properties').key(name)));
  }
  if (othersAllowed(schema) !== undefined) {
    errors.push(forbidden(path.child('additionalProperties'), 'must be undefined to be structural'));
  }
  for (const [field, wanted] of ofStructureOnly) {
    const value = schema[field];
    if (value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0))
      continue;
    errors.push(forbidden(path.child(field), `must be ${wanted} to be structural`));
  }
  if (schema['x-kubernetes-validations']?.length && !/\.allOf\[\d+\]$/.test(String(path))) {
    errors.push(forbidden(path.child('x-kubernetes-validations'), 'must be empty to be structural'));
  }
  if (schema.properties?.['metadata']) {
    errors.push(forbidden(path.child('properties').key('metadata'), 'must not be specified in a nested context'));
  }
  return errors;
}
