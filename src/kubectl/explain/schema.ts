import structure from '@/kubernetes/api/structure/v1.36.json';
import type { ResourceInfo } from '@/kubernetes/api/registry';

/** A schema as the server publishes it, without descriptions (they are not part of the structure file). */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly $ref?: string;
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

// The structure file is a table of schemas by name; its own inferred type is far too wide to look things up in.
const schemas = structure.schemas as unknown as Readonly<Record<string, Schema>>;

export function schemaOf({ group, version, kind }: ResourceInfo): Schema | undefined {
  const id = Object.keys(schemas).find((name) =>
    schemas[name]?.['x-kubernetes-group-version-kind']?.some(
      (one) => one.group === group && one.version === version && one.kind === kind,
    ),
  );
  return id === undefined ? undefined : { $ref: id };
}

export function resolved(schema: Schema): Schema {
  return schema.$ref
    ? { ...schemas[schema.$ref], ...(schema.description ? { description: schema.description } : {}) }
    : schema;
}

/** The schema behind lists and maps: what has fields. */
export function elementOf(schema: Schema): Schema {
  const whole = resolved(schema);
  if (whole.type === 'array' && whole.items) return elementOf(whole.items);
  if (whole.additionalProperties) return elementOf(whole.additionalProperties);
  return whole;
}

/** `<[]ContainerPort>` without the brackets. Upstream: kubectl/pkg/explain/v2/funcs.go `typeGuess`. */
export function typeName(schema: Schema): string {
  if (schema.$ref) {
    const name = schema.$ref.split('.').pop() ?? '';
    const scalar: Readonly<Record<string, string>> = {
      Quantity: 'Quantity',
      IntOrString: 'IntOrString',
      Time: 'string',
      MicroTime: 'string',
    };
    return scalar[name] ?? name;
  }
  if (schema.type === 'array') return `[]${schema.items ? typeName(schema.items) : 'Object'}`;
  if (schema.additionalProperties) return `map[string]${typeName(schema.additionalProperties)}`;
  return schema.type === undefined || schema.type === 'object' ? 'Object' : schema.type;
}
