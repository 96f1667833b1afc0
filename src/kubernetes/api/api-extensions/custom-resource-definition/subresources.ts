// Upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go
import { type FieldError, invalid, type Path, required } from '../../field-error';
import type {
  CustomResourceColumnDefinition,
  CustomResourceSubresources,
} from '../../generated/apiextensions-apiserver-pkg-apis-apiextensions-v1';

const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

/** Columns of `kubectl get`. */
export function validateColumns(columns: readonly CustomResourceColumnDefinition[], path: Path): FieldError[] {
  return columns.flatMap(({ name, type, format, jsonPath }, i) => {
    const at = path.index(i);
    const one = `must be one of ${columnTypes.join(',')}`;
    const errors: FieldError[] = name ? [] : [required(at.child('name'))];
    if (!type) errors.push(required(at.child('type'), one));
    else if (!columnTypes.includes(type)) errors.push(invalid(at.child('type'), type, one));
    if (format && !columnFormats.includes(format)) {
      errors.push(invalid(at.child('format'), format, `must be one of ${columnFormats.join(',')}`));
    }
    // Upstream's path is that of its internal field.
    const where = at.child('JSONPath');
    return [...errors, ...(jsonPath ? simplePath(jsonPath, where) : [required(where)])];
  });
}

function simplePath(text: string, path: Path): FieldError[] {
  return text.startsWith('.') ? [] : [invalid(path, text, 'must be a simple json path starting with .')];
}

export function validateSubresources({ scale }: CustomResourceSubresources, path: Path): FieldError[] {
  if (!scale) return [];
  const under = (field: 'specReplicasPath' | 'statusReplicasPath', root: string) => {
    const at = path.child('scale', field);
    const text = scale[field];
    if (!text) return [required(at)];
    const wrong = simplePath(text, at);
    if (wrong.length > 0 || text.startsWith(`${root}.`)) return wrong;
    return [invalid(at, text, `should be a json path under ${root}`)];
  };
  const errors = [...under('specReplicasPath', '.spec'), ...under('statusReplicasPath', '.status')];
  const selector = scale.labelSelectorPath;
  if (!selector) return errors;
  const at = path.child('scale', 'labelSelectorPath');
  const wrong = simplePath(selector, at);
  if (wrong.length === 0 && !/^\.(spec|status)\./.test(selector)) {
    wrong.push(invalid(at, selector, 'should be a json path under either .spec or .status'));
  }
  return [...errors, ...wrong];
}
