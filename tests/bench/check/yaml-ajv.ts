import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { type Document, LineCounter, parseAllDocuments } from 'yaml';

/** A schema of the API server's OpenAPI document, as src/kubernetes/api/structure keeps them. */
type Schema = Record<string, unknown>;

/** `apps/v1/Deployment` → its validator. */
export type Validators = ReadonlyMap<string, ValidateFunction>;

/** Compiles the API server's schemas with unknown fields refused; not part of what is measured. */
export function compileSchemas(schemas: Readonly<Record<string, Schema>>): Validators {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  for (const [id, schema] of Object.entries(schemas)) ajv.addSchema(strict(schema), id);
  const validators = new Map<string, ValidateFunction>();
  for (const [id, schema] of Object.entries(schemas)) {
    const kinds = schema['x-kubernetes-group-version-kind'];
    if (!Array.isArray(kinds) || kinds.length !== 1) continue;
    const { group, version, kind } = kinds[0] as { group: string; version: string; kind: string }; // the document's form
    const validate = ajv.getSchema(id);
    if (validate) validators.set(`${group ? `${group}/` : ''}${version}/${kind}`, validate);
  }
  return validators;
}

/** The same schema that knows no other fields, with `$ref` alone where one is. */
function strict(value: unknown): Schema {
  const made = walk(value);
  return made as Schema; // a schema is an object
}

function walk(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(walk);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const ref = entries.find(([key, target]) => key === '$ref' && typeof target === 'string');
  if (ref) return { $ref: ref[1] };
  const made = Object.fromEntries(
    entries
      .filter(([key]) => !key.startsWith('x-') && key !== 'default')
      .map(([key, inner]) => [
        key,
        key === 'properties' && typeof inner === 'object' && inner !== null
          ? Object.fromEntries(Object.entries(inner).map(([name, field]) => [name, walk(field)]))
          : walk(inner),
      ]),
  );
  if ('properties' in made) made.additionalProperties ??= false;
  return made;
}

export interface Complaint {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** What one would write without Portbound: parse, validate, and point at the places of the errors. */
export function checkWithAjv(text: string, validators: Validators): Complaint[] {
  const lines = new LineCounter();
  const complaints: Complaint[] = [];
  const say = (message: string, offset: number) => {
    const { line, col } = lines.linePos(offset);
    complaints.push({ message, line, column: col });
  };
  for (const document of parseAllDocuments(text, { lineCounter: lines })) {
    if (!('errors' in document)) continue;
    for (const error of document.errors) say(error.message, error.pos[0]);
    if (document.errors.length > 0) continue;
    const value: unknown = document.toJS();
    if (typeof value !== 'object' || value === null) continue;
    const { apiVersion, kind } = value as { apiVersion?: unknown; kind?: unknown };
    const validate = validators.get(`${String(apiVersion)}/${String(kind)}`);
    if (!validate) say(`no matches for kind "${String(kind)}" in version "${String(apiVersion)}"`, 0);
    else if (!validate(value))
      for (const error of validate.errors ?? []) say(error.message ?? '', placeOf(document, error));
  }
  return complaints;
}

function placeOf(document: Document, { instancePath }: ErrorObject): number {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) ? Number(range[0]) : 0;
}
