import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import { findKind, splitApiVersion } from '@/kubernetes/api/registry';
import { type Schema, type Schemas, schemaName, schemasOf } from './published-schemas';

/**
 * Items of a `List` are checked by kubectl itself against the server's schema. Upstream: kubectl/pkg/validation
 * `SchemaValidation`, kubectl/pkg/util/openapi validation.
 */
export function listItemErrors(item: JsonObject, minor: KubernetesVersion): string[] {
  const [group, version] = splitApiVersion(String(item.apiVersion));
  const kind = String(item.kind);
  if (!findKind(group, version, kind)) return [];
  const schemas = schemasOf(minor);
  const id = schemaName(schemas, group, version, kind);
  return id === undefined ? [] : check(item, { $ref: id }, kind, schemas);
}

function check(value: unknown, schema: Schema, path: string, schemas: Schemas): string[] {
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
        return field ? check(value[key], field, `${path}.${key}`, schemas) : of(`unknown field "${key}" in ${id}`);
      });
    const missing = (target.required ?? []).filter((key) => value[key] === undefined);
    return [...unknown, ...missing.flatMap((key) => of(`missing required field "${key}" in ${id}`))];
  }
  if (target.type === 'array') {
    if (!Array.isArray(value)) return of(`invalid type for ${id}: got "${typeName(value)}", expected "array"`);
    return value.flatMap((item, i) => check(item, target.items ?? {}, `${path}[${i}]`, schemas));
  }
  if (target.additionalProperties) {
    const inner = target.additionalProperties;
    if (!isObject(value)) return of(`invalid type for ${id}: got "${typeName(value)}", expected "map"`);
    return Object.keys(value).flatMap((key) => check(value[key], inner, `${path}.${key}`, schemas));
  }
  return [];
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'map';
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
}
