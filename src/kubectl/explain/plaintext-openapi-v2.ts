import type { ResourceInfo } from '@/kubernetes/api/registry';
import { KubectlError } from '../errors';
import { apiVersionOf } from '../resource/info';
import type { Schema } from '../resource/published-schemas';
import type { Documentation } from './schema';
import { wrapParagraphs } from './wrap-paragraphs';

const width = 80;

/** Whether a schema stands for anything at all: neither fields, nor members, nor a plain value. */
const isArbitrary = ({ $ref, properties, items, additionalProperties, oneOf, type }: Schema) =>
  !$ref && !properties && !items && !additionalProperties && !oneOf && (type === undefined || type === 'object');

/**
 * What `explain --output=plaintext-openapiv2` prints. Upstream: kubectl/pkg/explain/model_printer.go. Throws where the
 * path leads nowhere.
 */
export function outputOpenApiV2(
  of: Documentation,
  mapping: ResourceInfo,
  whole: Schema,
  path: readonly string[],
  recursive: boolean,
): string {
  const name = path.at(-1) ?? '';
  const found = lookUp(of, whole, path);
  const head = `KIND:     ${mapping.kind}\nVERSION:  ${apiVersionOf(mapping)}\n\n`;
  const texts: string[] = [];
  let schema = found;
  for (let below = inside(of, schema); below; below = inside(of, schema)) {
    texts.push(schema.description ?? '');
    schema = below;
  }
  texts.push(schema.description ?? '');
  // An object of anything is a map to OpenAPI v2, and both have its description.
  if (isArbitrary(schema) && schema.type === 'object') texts.push(schema.description ?? '');
  const description = `DESCRIPTION:\n${descriptions(texts)}`;
  if (isArbitrary(schema)) return head + description;
  const type = typeName(of, found);
  if (!schema.properties) return `${head}FIELD:    ${name} <${type}>\n\n${description}`;
  const resource = name === '' ? '' : `RESOURCE: ${name} <${type}>\n\n`;
  const fields = recursive ? fieldNames(of, schema, 3, []) : fieldTexts(of, schema);
  return `${head}${resource}${description}\nFIELDS:\n${fields}`;
}

/** What a reference, a list or a map is about. */
function inside(of: Documentation, { $ref, items, additionalProperties }: Schema): Schema | undefined {
  return $ref === undefined ? (items ?? additionalProperties) : of.referred($ref);
}

/** Upstream: field_lookup.go: a plain value ends the way, wherever it should have led. */
function lookUp(of: Documentation, schema: Schema, path: readonly string[]): Schema {
  const [name, ...rest] = path;
  if (name === undefined) return schema;
  const below = inside(of, schema);
  if (below) return lookUp(of, below, path);
  if (!schema.properties) return schema;
  const field = schema.properties[name];
  if (!field) throw new KubectlError(`field ${JSON.stringify(name)} does not exist`);
  return lookUp(of, field, rest);
}

/** Upstream: model_printer.go `PrintDescription`. */
function descriptions(texts: readonly string[]): string {
  const shown = texts.map((text, i) => (text === '' ? '' : `${i > 0 ? '\n' : ''}${wrapped(text, 5)}`)).join('');
  return shown || wrapped('<empty>', 5);
}

function wrapped(text: string, margin: number): string {
  const pad = ' '.repeat(margin);
  return wrapParagraphs(text, width - margin)
    .map((line) => (line === '' ? '\n' : `${pad}${line}\n`))
    .join('');
}

/** `[]Object`, `map[string]string`. Upstream: typename.go. */
function typeName(of: Documentation, schema: Schema): string {
  if (schema.$ref !== undefined) return typeName(of, of.referred(schema.$ref));
  if (schema.items) return `[]${typeName(of, schema.items)}`;
  if (schema.additionalProperties) return `map[string]${typeName(of, schema.additionalProperties)}`;
  if (schema.properties) return 'Object';
  if (isArbitrary(schema)) return schema.type === 'object' ? 'map[string]' : '';
  // OpenAPI v2 knows no choices: what may be a text is one.
  return schema.oneOf ? 'string' : (schema.type ?? '');
}

const sortedFields = ({ properties = {} }: Schema) => Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));

/** Upstream: fields_printer.go. */
function fieldTexts(of: Documentation, schema: Schema): string {
  const texts = sortedFields(schema).map(([name, field]) => {
    const required = schema.required?.includes(name) ? ' -required-' : '';
    return `   ${name}\t<${typeName(of, field)}>${required}\n${wrapped(field.description ?? '', 5)}\n`;
  });
  return texts.join('');
}

/** Upstream: recursive_fields_printer.go. `history`: the references on the way here. */
function fieldNames(of: Documentation, schema: Schema, margin: number, history: readonly string[]): string {
  const { $ref } = schema;
  if ($ref !== undefined) {
    return history.includes($ref) ? '' : fieldNames(of, of.referred($ref), margin, [...history, $ref]);
  }
  const below = inside(of, schema);
  if (below) return fieldNames(of, below, margin, history);
  const lines = sortedFields(schema).map(
    ([name, field]) =>
      `${' '.repeat(margin)}${name}\t<${typeName(of, field)}>\n${fieldNames(of, field, margin + 3, history)}`,
  );
  return lines.join('');
}
