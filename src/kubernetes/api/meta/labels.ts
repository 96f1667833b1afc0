// Upstream: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go, pkg/api/validation/objectmeta.go
import { type FieldError, invalid, type Path, tooLong } from '../field-error';
import { byteLength, labelValueErrors, type NameRule, qualifiedNameErrors } from './names';

type Texts = { readonly [key: string]: string };

/** Every complaint of `rule` about `value`, at `path`. */
export function complaints(rule: NameRule, path: Path, value: string): FieldError[] {
  return rule(value).map((message) => invalid(path, value, message));
}

export function validateLabelName(name: string, path: Path): FieldError[] {
  return complaints(qualifiedNameErrors, path, name);
}

/** Keys in the order of their bytes: Go walks maps in no order, so upstream's own is by lot where two are wrong. */
export function validateLabels(labels: Texts | undefined, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(labels ?? {})) {
    errors.push(...validateLabelName(key, path), ...complaints(labelValueErrors, path, value));
  }
  return errors;
}

const maxAnnotationBytes = 256 * 1024;

export function validateAnnotations(annotations: Texts | undefined, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations ?? {})) {
    for (const message of qualifiedNameErrors(key.toLowerCase())) errors.push(invalid(path, key, message));
    bytes += byteLength(key) + byteLength(value);
  }
  if (bytes > maxAnnotationBytes) errors.push(tooLong(path, maxAnnotationBytes));
  return errors;
}
