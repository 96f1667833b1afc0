// Upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/types.go, types_jsonschema.go
import type { CustomResourceDefinitionVersion } from '../../generated/apiextensions-apiserver-pkg-apis-apiextensions-v1';
import { isObject, type JsonObject } from '../../object';
import { othersAllowed, type Schema, schemaOfItems, schemaOfOthers } from './schema-walk';

/** Fields of the internal schema in their order: the Go name, what stands where it is not set, the name in JSON. */
const schemaRows: readonly (readonly [goName: string, zero: unknown, name: string])[] = [
  ['ID', '', 'id'],
  ['Schema', '', '$schema'],
  ['Ref', null, '$ref'],
  ['Description', '', 'description'],
  ['Type', '', 'type'],
  ['Nullable', false, 'nullable'],
  ['Format', '', 'format'],
  ['Title', '', 'title'],
  ['Default', null, 'default'],
  ['Maximum', null, 'maximum'],
  ['ExclusiveMaximum', false, 'exclusiveMaximum'],
  ['Minimum', null, 'minimum'],
  ['ExclusiveMinimum', false, 'exclusiveMinimum'],
  ['MaxLength', null, 'maxLength'],
  ['MinLength', null, 'minLength'],
  ['Pattern', '', 'pattern'],
  ['MaxItems', null, 'maxItems'],
  ['MinItems', null, 'minItems'],
  ['UniqueItems', false, 'uniqueItems'],
  ['MultipleOf', null, 'multipleOf'],
  ['Enum', null, 'enum'],
  ['MaxProperties', null, 'maxProperties'],
  ['MinProperties', null, 'minProperties'],
  ['Required', null, 'required'],
  ['Items', null, 'items'],
  ['AllOf', null, 'allOf'],
  ['OneOf', null, 'oneOf'],
  ['AnyOf', null, 'anyOf'],
  ['Not', null, 'not'],
  ['Properties', null, 'properties'],
  ['AdditionalProperties', null, 'additionalProperties'],
  ['PatternProperties', null, 'patternProperties'],
  ['Dependencies', null, 'dependencies'],
  ['AdditionalItems', null, 'additionalItems'],
  ['Definitions', null, 'definitions'],
  ['ExternalDocs', null, 'externalDocs'],
  ['Example', null, 'example'],
  ['XPreserveUnknownFields', null, 'x-kubernetes-preserve-unknown-fields'],
  ['XEmbeddedResource', false, 'x-kubernetes-embedded-resource'],
  ['XIntOrString', false, 'x-kubernetes-int-or-string'],
  ['XListMapKeys', null, 'x-kubernetes-list-map-keys'],
  ['XListType', null, 'x-kubernetes-list-type'],
  ['XMapType', null, 'x-kubernetes-map-type'],
  ['XValidations', null, 'x-kubernetes-validations'],
];

type Part = 'schema' | 'subresources' | 'additionalPrinterColumns' | 'selectableFields';

/** Versions as upstream prints them: without the parts that it keeps above all of them. */
export function printedVersions(
  versions: readonly CustomResourceDefinitionVersion[],
  shared: Readonly<Record<Part, boolean>>,
): unknown {
  return versions.map((version) => {
    const { schema, subresources, additionalPrinterColumns: columns, selectableFields: fields } = version;
    const { openAPIV3Schema: root } = schema ?? {};
    const { scale, status } = subresources ?? {};
    return {
      Name: version.name ?? '',
      Served: version.served ?? false,
      Storage: version.storage ?? false,
      Deprecated: version.deprecated ?? false,
      DeprecationWarning: version.deprecationWarning ?? null,
      Schema: schema && !shared.schema ? { OpenAPIV3Schema: root ? printedSchema(root) : null } : null,
      Subresources:
        subresources && !shared.subresources
          ? {
              Status: status ? {} : null,
              Scale: scale
                ? {
                    SpecReplicasPath: scale.specReplicasPath ?? '',
                    StatusReplicasPath: scale.statusReplicasPath ?? '',
                    LabelSelectorPath: scale.labelSelectorPath ?? null,
                  }
                : null,
            }
          : null,
      AdditionalPrinterColumns:
        columns && !shared.additionalPrinterColumns
          ? columns.map(({ name = '', type = '', format = '', description = '', priority = 0, jsonPath = '' }) => ({
              Name: name,
              Type: type,
              Format: format,
              Description: description,
              Priority: priority,
              JSONPath: jsonPath,
            }))
          : null,
      SelectableFields:
        fields && !shared.selectableFields ? fields.map(({ jsonPath = '' }) => ({ JSONPath: jsonPath })) : null,
    };
  });
}

function printedSchema(schema: Schema): JsonObject {
  const given = new Map<string, unknown>(Object.entries(schema));
  return Object.fromEntries(
    schemaRows.map(([goName, zero, name]) => [goName, printedField(name, schema, given) ?? zero]),
  );
}

function printedField(name: string, schema: Schema, given: ReadonlyMap<string, unknown>): unknown {
  switch (name) {
    case 'items': {
      const items = schemaOfItems(schema);
      return items && { Schema: printedSchema(items), JSONSchemas: null };
    }
    case 'additionalProperties': {
      const others = schemaOfOthers(schema);
      const allows = othersAllowed(schema);
      return allows === undefined ? undefined : { Allows: allows, Schema: others ? printedSchema(others) : null };
    }
    case 'allOf':
    case 'oneOf':
    case 'anyOf':
      return schema[name]?.map(printedSchema);
    case 'not':
      return schema.not && printedSchema(schema.not);
    case 'properties':
      return schema.properties && sorted(schema.properties);
    case 'x-kubernetes-validations':
      return schema[name]?.map((rule) => ({
        Rule: rule.rule ?? '',
        Message: rule.message ?? '',
        MessageExpression: rule.messageExpression ?? '',
        Reason: rule.reason ?? null,
        FieldPath: rule.fieldPath ?? '',
        OptionalOldSelf: rule.optionalOldSelf ?? null,
      }));
    case 'externalDocs':
      return (
        schema.externalDocs && {
          Description: schema.externalDocs.description ?? '',
          URL: schema.externalDocs.url ?? '',
        }
      );
    default:
      return given.get(name);
  }
}

/** Go prints a map in the order of its keys. */
function sorted(properties: { readonly [name: string]: Schema }): JsonObject {
  const names = Object.keys(properties).sort();
  return Object.fromEntries(
    names.map((name) => [name, isObject(properties[name]) ? printedSchema(properties[name]) : null]),
  );
}
