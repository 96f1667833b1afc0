// Upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go `ValidateCustomResourceSelectableFields`
import { duplicate, type FieldError, invalid, type Path, required, tooMany } from '../../field-error';
import type { SelectableField } from '../../generated/apiextensions-apiserver-pkg-apis-apiextensions-v1';
import { type Schema, schemaOfOthers } from './schema-walk';

const mostFields = 8;

/** Fields that lists may be narrowed by. */
export function validateSelectableFields(fields: readonly SelectableField[], root: Schema, path: Path): FieldError[] {
  const seen = new Set<string>();
  const errors = fields.flatMap(({ jsonPath }, i) => {
    const at = path.index(i).child('jsonPath');
    if (!jsonPath) return [required(at)];
    const found = resolve(jsonPath, root);
    if (typeof found === 'string') return [invalid(at, jsonPath, `is an invalid path: ${found}`)];
    const errors: FieldError[] = [];
    if (/^\.metadata(\.|$)/.test(jsonPath)) {
      errors.push(invalid(at, jsonPath, 'must not point to fields in metadata'));
    }
    if (!['string', 'boolean', 'integer'].includes(found.type ?? '')) {
      const text =
        'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
      errors.push(invalid(at, jsonPath, text));
    }
    if (seen.has(jsonPath)) errors.push(duplicate(at, jsonPath));
    seen.add(jsonPath);
    return errors;
  });
  return seen.size > mostFields ? [...errors, tooMany(path, seen.size, mostFields)] : errors;
}

/** The schema that a path leads to, or what is wrong with the path. Upstream: apiserver/schema/cel `ValidFieldPath` */
function resolve(jsonPath: string, root: Schema): Schema | string {
  let schema = root;
  const tokens = jsonPath.match(/[.[\]]|[^.[\]]+/g) ?? [];
  for (let i = 0; i < tokens.length; i += 2) {
    const [delimiter = '', name] = [tokens[i], tokens[i + 1]];
    if (delimiter === '[') return 'array notation is not allowed';
    if (delimiter !== '.') return `expected [ or . but got: ${delimiter}`;
    if (name === undefined) return 'unexpected end of JSON path';
    const next = schema.properties ? schema.properties[name] : schemaOfOthers(schema);
    if (!next) return 'does not refer to a valid field';
    schema = next;
  }
  return schema;
}
