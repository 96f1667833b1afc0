import structure from '@/kubernetes/api/structure/v1.36.json';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import { findKind, splitApiVersion } from '@/kubernetes/api/registry';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly format?: string;
  readonly $ref?: string;
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

// The structure file is a table of schemas by name; its own inferred type is far too wide to look things up in.
const schemas = structure.schemas as unknown as Readonly<Record<string, Schema>>;

/**
 * Items of a `List` are checked by kubectl itself against the server's schema. Upstream: kubectl/pkg/validation
 * `SchemaValidation`, kubectl/pkg/util/openapi validation.
 */
export function listItemErrors(item: JsonObject): string[] {
  const [group, version] = splitApiVersion(String(item.apiVersion));
  const kind = String(item.kind);
  if (!findKind(group, version, kind)) return [];
  const id = Object.keys(schemas).find((name) =>
    schemas[name]?.['x-kubernetes-group-version-kind']?.some(
      (one) => one.group === group && one.version === version && one.kind === kind,
    ),
  );
  return id === undefined ? [] : check(item, { $ref: id }, kind);
}

function check(value: unknown, schema: Schema, path: string): string[] {
  if (value === null || value === undefined) return [];
  const id = schema.$ref ?? '';
  const target = schema.$ref ? (schemas[schema.$ref] ?? {}) : schema;
  const of = (text: string) => [`ValidationError(${path}): ${text}`];
  if (target.properties) {
    const { properties } = target;
    if (!isObject(value)) return of(`invalid type for ${id}: got "${typeName(value)}", expected "map"`);
    const unknown = Object.keys(value)
      .sort()
      .flatMap((key) => {
        const field = properties[key];
        return field ? check(value[key], field, `${path}.${key}`) : of(`unknown field "${key}" in ${id}`);
      });
    const missing = (target.required ?? []).filter((key) => value[key] === undefined);
    return [...unknown, ...missing.flatMap((key) => of(`missing required field "${key}" in ${id}`))];
  }
  if (target.type === 'array') {
    if (!Array.isArray(value)) return of(`invalid type for ${id}: got "${typeName(value)}", expected "array"`);
    return value.flatMap((item, i) => check(item, target.items ?? {}, `${path}[${i}]`));
  }
  if (target.additionalProperties) {
    const inner = target.additionalProperties;
    if (!isObject(value)) return of(`invalid type for ${id}: got "${typeName(value)}", expected "map"`);
    return Object.keys(value).flatMap((key) => check(value[key], inner, `${path}.${key}`));
  }
  return [];
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'map';
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
}
