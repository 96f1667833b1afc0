import type { KubernetesVersion } from '@/kubernetes/api/kind';
import structure from '@/kubernetes/api/structure/v1.36.json';
import { asOf } from '@/kubernetes/api/versions/as-of';
import patches from '@/kubernetes/api/versions/schemas.json';

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
  /** A number or a text: quantities, ports. */
  readonly oneOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly $ref?: string;
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

export type Schemas = Readonly<Record<string, Schema>>;

// The structure file is a table of schemas by name; its own inferred type is far too wide to look things up in.
const newest = structure.schemas as unknown as Schemas;
const tables = new Map<KubernetesVersion, Schemas>();

/** The schemas that the server of a minor publishes, by their names. */
export function schemasOf(minor: KubernetesVersion): Schemas {
  const known = tables.get(minor) ?? asOf(newest, patches, minor);
  tables.set(minor, known);
  return known;
}

/** The name of the schema of a kind; undefined when the server publishes none. */
export function schemaName(schemas: Schemas, group: string, version: string, kind: string): string | undefined {
  return Object.keys(schemas).find((name) =>
    schemas[name]?.['x-kubernetes-group-version-kind']?.some(
      (one) => one.group === group && one.version === version && one.kind === kind,
    ),
  );
}
