// Upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go `ValidateCustomResourceDefinitionOpenAPISchema`
import { type FieldError, forbidden, invalid, notSupported, type Path, required } from '../../field-error';
import { othersAllowed, type Schema, schemaOfItems, schemaOfOthers } from './schema-walk';
import { validateDefaults } from './defaults';
import { validateStructural } from './structural';

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const unsupported = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'] as const;
const metaFields = new Set(['metadata', 'kind', 'apiVersion']);
const reasons = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

/** Why defaults are forbidden here; undefined where they are not. */
interface Place {
  readonly root: boolean;
  readonly noDefaults?: string;
  readonly insideMeta?: boolean;
}

/** The rules of CEL (`x-kubernetes-validations`) are looked at, but not compiled. */
export function validateSchema(schema: Schema, path: Path, hasStatus: boolean): FieldError[] {
  const { type = '' } = schema;
  const structure = validateStructural(schema, path);
  const text = 'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
  return [
    ...(hasStatus && type !== '' && type !== 'object' ? [invalid(path.child('type'), type, text)] : []),
    ...(schema.nullable ? [forbidden(path.child('nullable'), 'nullable cannot be true at the root')] : []),
    ...structure,
    ...(structure.length > 0 ? [] : validateDefaults(schema, path)),
    ...validateProps(schema, path, { root: true }),
  ];
}

function validateProps(schema: Schema, path: Path, place: Place): FieldError[] {
  const errors = validateOwn(schema, path, place);
  if (schema.uniqueItems) {
    const text = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';
    errors.push(forbidden(path.child('uniqueItems'), text));
  }
  const { properties = {} } = schema;
  const others = schemaOfOthers(schema);
  const extra = path.child('additionalProperties');
  if (Object.keys(properties).length > 0 && (others || othersAllowed(schema) === false)) {
    errors.push(forbidden(extra, 'additionalProperties and properties are mutual exclusive'));
  }
  const inside: Place = { ...place, root: false };
  if (others) {
    const why = 'inside additionalProperties applying to object metadata';
    errors.push(...validateProps(others, extra, place.insideMeta ? { ...inside, noDefaults: why } : inside));
  }
  for (const [name, property] of Object.entries(properties)) {
    const meta = (place.root || schema['x-kubernetes-embedded-resource'] === true) && metaFields.has(name);
    const noDefaults = meta && place.root ? `in top-level ${name}` : place.noDefaults;
    const where: Place = { root: false, insideMeta: place.insideMeta || meta, ...(noDefaults ? { noDefaults } : {}) };
    errors.push(...validateProps(property, path.child('properties').key(name), where));
  }
  if (schema.not) errors.push(...validateProps(schema.not, path.child('not'), inside));
  for (const field of ['allOf', 'oneOf', 'anyOf'] as const) {
    (schema[field] ?? []).forEach((one, i) => {
      errors.push(...validateProps(one, path.child(field).index(i), inside));
    });
  }
  const items = schemaOfItems(schema);
  if (items) errors.push(...validateProps(items, path.child('items'), inside));
  return [...errors, ...validateExtensions(schema, items, path), ...validateRules(schema, path)];
}

function validateOwn(schema: Schema, path: Path, place: Place): FieldError[] {
  const { type = '' } = schema;
  const errors: FieldError[] = [];
  if (type && !types.includes(type)) errors.push(notSupported(path.child('type'), type, types));
  if (schema.default !== undefined && place.noDefaults) {
    errors.push(forbidden(path.child('default'), `must not be set ${place.noDefaults}`));
  }
  for (const field of unsupported) {
    if (schema[field] !== undefined) errors.push(forbidden(path.child(field), `${field} is not supported`));
  }
  if (type === 'null') {
    errors.push(forbidden(path.child('type'), 'type cannot be set to null, use nullable as an alternative'));
  }
  if (Array.isArray(schema.items)) {
    errors.push(forbidden(path.child('items'), 'items must be a schema object and not an array'));
  }
  if (place.insideMeta && schema['x-kubernetes-embedded-resource']) {
    const text = 'must not be used inside of resource meta';
    errors.push(forbidden(path.child('x-kubernetes-embedded-resource'), text));
  }
  return errors;
}

/** `must be object if … is specified`, where the type is another one or none. */
function wantType(schema: Schema, wanted: string, extension: string, path: Path): FieldError[] {
  const { type = '' } = schema;
  if (type === wanted) return [];
  const text = `must be ${wanted} if ${extension} is specified`;
  return [type === '' ? required(path.child('type'), text) : invalid(path.child('type'), type, text)];
}

function validateExtensions(schema: Schema, items: Schema | undefined, path: Path): FieldError[] {
  const listType = schema['x-kubernetes-list-type'];
  const mapType = schema['x-kubernetes-map-type'];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const list = path.child('x-kubernetes-list-type');
  const errors: FieldError[] = [];
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    errors.push(invalid(path.child('x-kubernetes-preserve-unknown-fields'), false, 'must be true or undefined'));
  }
  if (mapType !== undefined) {
    errors.push(...wantType(schema, 'object', 'x-kubernetes-map-type', path));
    if (mapType !== 'atomic' && mapType !== 'granular') {
      errors.push(notSupported(path.child('x-kubernetes-map-type'), mapType, ['atomic', 'granular']));
    }
  }
  if (listType !== undefined) {
    const wrongType = wantType(schema, 'array', 'x-kubernetes-list-type', path);
    errors.push(...wrongType);
    if (wrongType.length === 0 && listType === 'set' && items)
      errors.push(...validateSetItems(items, path.child('items')));
    if (!['atomic', 'set', 'map'].includes(listType))
      errors.push(notSupported(list, listType, ['atomic', 'set', 'map']));
  }
  if (keys.length > 0 && listType !== 'map') {
    const text = 'must be map if x-kubernetes-list-map-keys is non-empty';
    errors.push(listType === undefined ? required(list, text) : invalid(list, listType, text));
  }
  if (listType === 'map') errors.push(...validateMapItems(schema, keys, items, path));
  if (items && (listType === 'map' || listType === 'set')) errors.push(...validateKeys(listType, keys, items, path));
  return errors;
}

function validateSetItems(items: Schema, path: Path): FieldError[] {
  const text = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const listType = items['x-kubernetes-list-type'];
  if (items.type === 'array' && listType !== undefined && listType !== 'atomic') {
    return [invalid(path.child('x-kubernetes-list-type'), listType, text)];
  }
  if (items.type === 'object' && items['x-kubernetes-map-type'] !== 'atomic') {
    return [invalid(path.child('x-kubernetes-map-type'), listType ?? null, text)];
  }
  return [];
}

function validateMapItems(
  schema: Schema,
  keys: readonly string[],
  items: Schema | undefined,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  const at = path.child('x-kubernetes-list-map-keys');
  if (keys.length === 0) errors.push(required(at, 'must not be empty if x-kubernetes-list-type is map'));
  if (schema.items === undefined) {
    errors.push(required(path.child('items'), 'must have a schema if x-kubernetes-list-type is map'));
  }
  if (!items) return errors;
  if (items.type !== 'object') {
    const text = "must be object if parent array's x-kubernetes-list-type is map";
    return [...errors, invalid(path.child('items', 'type'), items.type ?? '', text)];
  }
  keys.forEach((key, i) => {
    const property = items.properties?.[key];
    if (!property) errors.push(invalid(at, keys, 'entries must all be names of item properties'));
    else if (property.type === 'array' || property.type === 'object') {
      const text = "must be a scalar type if parent array's x-kubernetes-list-type is map";
      errors.push(invalid(path.child('items', 'properties').key(key).child('type'), items.type, text));
    }
    if (keys.indexOf(key) < i) errors.push(invalid(at, keys, 'must not contain duplicate entries'));
  });
  return errors;
}

/** Upstream `validateMapListKeysMapSet` */
function validateKeys(listType: string, keys: readonly string[], items: Schema, path: Path): FieldError[] {
  const at = path.child('items');
  const errors: FieldError[] = [];
  if (items.nullable) {
    const text = `cannot be nullable when x-kubernetes-list-type is ${listType}`;
    errors.push(forbidden(at.child('nullable'), text));
  }
  if (listType !== 'map') return errors;
  const named = 'this property is in x-kubernetes-list-map-keys, so it';
  for (const key of keys) {
    const property = items.properties?.[key];
    const one = at.child('properties').key(key);
    if (!property) continue;
    if (!items.required?.includes(key) && property.default === undefined) {
      errors.push(required(one.child('default'), `${named} must have a default or be a required property`));
    }
    if (property.nullable) errors.push(forbidden(one.child('nullable'), `${named} cannot be nullable`));
  }
  return errors;
}

function validateRules(schema: Schema, path: Path): FieldError[] {
  return (schema['x-kubernetes-validations'] ?? []).flatMap((given, i) => {
    const at = path.child('x-kubernetes-validations').index(i);
    const { rule = '', message = '', messageExpression = '', reason, fieldPath = '' } = given;
    const errors: FieldError[] = [];
    const breaks = /[\n\r]/;
    if (rule.trim() === '') errors.push(required(at.child('rule'), 'rule is not specified'));
    else if (message && message.trim() === '') {
      errors.push(invalid(at.child('message'), message, 'must be non-empty if specified'));
    } else if (breaks.test(message.trim())) {
      errors.push(invalid(at.child('message'), message, 'must not contain line breaks'));
    } else if (breaks.test(rule.trim()) && message.trim() === '') {
      errors.push(required(at.child('message'), 'message must be specified if rule contains line breaks'));
    }
    if (messageExpression && messageExpression.trim() === '') {
      const text = 'messageExpression must be non-empty if specified';
      errors.push(required(at.child('messageExpression'), text));
    }
    if (reason !== undefined && !reasons.includes(reason)) {
      errors.push(notSupported(at.child('reason'), reason, reasons));
    }
    if (fieldPath && fieldPath.trim() === '') {
      errors.push(invalid(at.child('fieldPath'), fieldPath, 'must be non-empty if specified'));
    }
    if (breaks.test(fieldPath)) errors.push(invalid(at.child('fieldPath'), fieldPath, 'must not contain line breaks'));
    return errors;
  });
}
