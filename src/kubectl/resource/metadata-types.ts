import structure from '@/kubernetes/api/structure/v1.36.json';
import { isObject, type JsonObject } from '@/kubernetes/api/object';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly format?: string;
  readonly $ref?: string;
}

// The structure file is a table of schemas by name; its own inferred type is far too wide to look things up in.
const schemas = structure.schemas as unknown as Readonly<Record<string, Schema>>;
const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/**
 * kubectl decodes the metadata of every object it reads; a wrong type there never reaches the server.
 * Upstream: cli-runtime/pkg/resource/metadata_decoder.go. Undefined when all is well.
 */
export function metadataTypeError(object: JsonObject): string | undefined {
  if (object.metadata === undefined || object.metadata === null) return undefined;
  return mismatch(object.metadata, { $ref: objectMeta }, 'metadataOnlyObject', 'metadata');
}

function mismatch(value: unknown, schema: Schema, struct: string, path: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  const target = schema.$ref ? (schemas[schema.$ref] ?? {}) : schema;
  const name = schema.$ref?.split('.').pop() ?? '';
  if (name === 'FieldsV1' || name === 'Time') return undefined;
  if (target.properties) {
    if (!isObject(value)) return refusal(value, struct, path, `v1.${name}`);
    for (const key of Object.keys(value).sort()) {
      const field = target.properties[key];
      const found = field && mismatch(value[key], field, name, `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (target.additionalProperties) {
    if (!isObject(value)) return refusal(value, struct, path, 'map[string]string');
    for (const key of Object.keys(value).sort()) {
      const found = mismatch(value[key], target.additionalProperties, struct, path);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (target.type === 'array') {
    const item = target.items ?? {};
    const inner = item.$ref ? `v1.${item.$ref.split('.').pop() ?? ''}` : (item.type ?? 'string');
    if (!Array.isArray(value)) return refusal(value, struct, path, `[]${inner}`);
    for (const one of value) {
      const found = mismatch(one, item, struct, path);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const fits =
    target.type === 'string'
      ? typeof value === 'string'
      : target.type === 'boolean'
        ? typeof value === 'boolean'
        : typeof value === 'number';
  const goType = target.type === 'boolean' ? 'bool' : target.type === 'integer' ? (target.format ?? 'int64') : 'string';
  return fits ? undefined : refusal(value, struct, path, goType);
}

function refusal(value: unknown, struct: string, path: string, goType: string): string {
  const what = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${what} into Go struct field ${struct}.${path} of type ${goType}`;
}
