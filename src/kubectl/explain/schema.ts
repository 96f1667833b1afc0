import structure from '@/kubernetes/api/structure/v1.36.json';
import type { ResourceInfo } from '@/kubernetes/api/registry';
import { fieldDescription, typeDescription } from './descriptions';

/**
 * A schema as the server publishes it. A reference beside other words (`allOf` with one member in OpenAPI v3) stands as
 * `$ref` beside them.
 */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly $ref?: string;
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

// The structure file is a table of schemas by name; its own inferred type is far too wide to look things up in.
const schemas = structure.schemas as unknown as Readonly<Record<string, Schema>>;

/** The schema of a kind, with the descriptions that are loaded; undefined when the server publishes none. */
export function schemaOf({ group, version, kind }: ResourceInfo): Schema | undefined {
  const id = Object.keys(schemas).find((name) =>
    schemas[name]?.['x-kubernetes-group-version-kind']?.some(
      (one) => one.group === group && one.version === version && one.kind === kind,
    ),
  );
  return id === undefined ? undefined : referred(id);
}

/** The schema that a reference names, with the descriptions that are loaded. */
export function referred(id: string): Schema {
  const { properties, ...schema } = schemas[id] ?? {};
  const described = withDescription(schema, typeDescription(id));
  if (!properties) return described;
  const entries = Object.entries(properties).map(
    ([name, property]) => [name, withDescription(property, fieldDescription(id, name))] as const,
  );
  return { ...described, properties: Object.fromEntries(entries) };
}

function withDescription(schema: Schema, description: string | undefined): Schema {
  return description === undefined ? schema : { ...schema, description };
}
