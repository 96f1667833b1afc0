// kubectl/pkg/explain/v2/templates/plaintext.tmpl: a function for every template of that file that prints something.
import { hasDescriptions } from './descriptions';
import type { Schema } from '../resource/published-schemas';
import type { Documentation } from './schema';
import { wordWrap } from './word-wrap';

const notLoaded =
  'Descriptions are not loaded here; fields, types and values are. The texts are at https://kubernetes.io/docs/reference/kubernetes-api/';

/** What explain prints about the field at the end of `path` (below the schema); empty when there is no such field. */
export function output(of: Documentation, schema: Schema, path: readonly string[], recursive: boolean): string {
  const whole = schema.$ref === undefined ? schema : of.referred(schema.$ref);
  const [name, ...rest] = path;
  if (name === undefined) return ending(of, schema, recursive);
  const field = whole.properties?.[name];
  if (field) {
    const head = rest.length > 0 ? '' : `FIELD: ${name} <${typeGuess(of, field)}>\n${longEnum(field)}\n\n`;
    return head + output(of, field, rest, recursive);
  }
  if (whole.items) return output(of, whole.items, path, recursive);
  return whole.additionalProperties ? output(of, whole.additionalProperties, path, recursive) : '';
}

function ending(of: Documentation, schema: Schema, recursive: boolean): string {
  const text = hasDescriptions(of.minor) ? description(of, schema) || '<empty>' : `${notLoaded}\n`;
  // A reference with nothing beside it is followed before the types on the way are counted.
  const bare = schema.$ref !== undefined && schema.description === undefined && schema.default === undefined;
  const fields = fieldList(of, bare && schema.$ref !== undefined ? of.referred(schema.$ref) : schema, 1, recursive, []);
  return `DESCRIPTION:\n${indent(4, wordWrap(text, 76))}\n${fields === '' ? '' : `FIELDS:\n${fields}`}`;
}

/** The description of a schema and of all that it stands for: what it refers to, the members of a list or map. */
function description(of: Documentation, schema: Schema): string {
  const own = schema.description === undefined ? '' : `${schema.description}\n`;
  const below = [schema.$ref === undefined ? undefined : of.referred(schema.$ref), schema.items];
  return own + [...below, schema.additionalProperties].map((one) => (one ? description(of, one) : '')).join('');
}

/** `history`: the references on the way here, so that a type inside itself is not followed again. */
function fieldList(
  of: Documentation,
  schema: Schema,
  level: number,
  recursive: boolean,
  history: readonly string[],
): string {
  const { $ref: id, properties = {}, items, additionalProperties: values } = schema;
  if (id !== undefined) {
    return history.includes(id) ? '' : fieldList(of, of.referred(id), level, recursive, [...history, id]);
  }
  const fields = Object.keys(properties)
    .sort()
    .map((name) => {
      const field = properties[name] ?? {};
      const detail = fieldDetail(of, name, field, schema.required?.includes(name) === true, level, recursive);
      return detail + (recursive ? fieldList(of, field, level + 1, recursive, history) : '');
    });
  const members = [items, values].map((one) => (one ? fieldList(of, one, level, recursive, history) : ''));
  return [...fields, ...members].join('');
}

function fieldDetail(
  of: Documentation,
  name: string,
  field: Schema,
  required: boolean,
  level: number,
  short: boolean,
): string {
  const margin = level * 2;
  const line = `${indent(margin, name)}\t<${typeGuess(of, field)}>${required ? ' -required-' : ''}${shortEnum(field, margin)}\n`;
  if (short) return line;
  if (!hasDescriptions(of.minor)) return `${line}\n`;
  return `${line}${indent(margin + 2, wordWrap(field.description ?? '<no description>', 78 - margin))}\n\n`;
}

/** `[]ContainerPort`, `map[string]string`, `Object`: a hint at the type. */
function typeGuess(of: Documentation, schema: Schema): string {
  if (schema.items) return `[]${typeGuess(of, schema.items)}`;
  if (schema.additionalProperties) return `map[string]${typeGuess(of, schema.additionalProperties)}`;
  const { type } = schema.$ref === undefined ? schema : of.referred(schema.$ref);
  if (type !== undefined && type !== 'object') return type;
  return schema.$ref?.split('.').pop() ?? 'Object';
}

function longEnum({ enum: values }: Schema): string {
  return values && values.length > 0 ? `ENUM:${values.map((one) => `\n    ${quotedWhenEmpty(one)}`).join('')}` : '';
}

function shortEnum({ enum: values }: Schema, margin: number): string {
  if (!values || values.length === 0) return '';
  const shown = values.slice(0, 4).map(quotedWhenEmpty).join(', ');
  return `\n${indent(margin, 'enum: ')}${shown}${values.length > 4 ? ', ....' : ''}`;
}

function quotedWhenEmpty(value: string): string {
  return value === '' ? '""' : value;
}

/** kubectl/pkg/explain/v2/funcs.go `indent`: empty lines, too. */
function indent(amount: number, text: string): string {
  const pad = ' '.repeat(amount);
  return pad + text.replaceAll('\n', `\n${pad}`);
}
