// Upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/types_jsonschema.go
import { isObject } from '../../object';
import type { JSONSchemaProps } from '../../generated/apiextensions-apiserver-pkg-apis-apiextensions-v1';

export type Schema = JSONSchemaProps;

/** The schema of what else a map may hold; none where it is `true`, `false` or not there. */
export function schemaOfOthers({ additionalProperties }: Schema): Schema | undefined {
  // Either a truth value or a schema: the type has no word for the choice.
  return isObject(additionalProperties) ? (additionalProperties as Schema) : undefined;
}

/** Whether there is a word about other properties at all. */
export function othersAllowed({ additionalProperties }: Schema): boolean | undefined {
  const said: unknown = additionalProperties;
  return said === undefined ? undefined : said !== false;
}

/** The schema of the items of a list; a list of schemas is not allowed, and counts as none. */
export function schemaOfItems({ items }: Schema): Schema | undefined {
  return isObject(items) ? (items as Schema) : undefined;
}

/** Every schema inside, itself first. */
export function* schemas(schema: Schema): Generator<Schema> {
  yield schema;
  const inside = [
    schemaOfItems(schema),
    schemaOfOthers(schema),
    schema.not,
    ...(schema.allOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.anyOf ?? []),
    ...Object.values(schema.properties ?? {}),
  ];
  for (const one of inside) if (one) yield* schemas(one);
}
