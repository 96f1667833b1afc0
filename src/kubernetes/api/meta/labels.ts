// Upstream: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go, pkg/api/validation/objectmeta.go
import { type FieldError, invalid, type Path, required, tooLong } from '../field-error';
import { byteLength, dns1123Subdomain, labelValueErrors, type NameRule, qualifiedNameErrors, regexText } from './names';

type Texts = { readonly [key: string]: string };

/** Every complaint of `rule` about `value`, at `path`. */
export function complaints(rule: NameRule, path: Path, value: string): FieldError[] {
  return rule(value).map((message) => invalid(path, value, message));
}

/** Upstream `ValidateLabelName`. */
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

/** Upstream `ValidateAnnotations`: their keys, and that they are not too large together. */
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

const httpPath = String.raw`[A-Za-z0-9/\-._~%!$&'()*+,;=:]+`;
const isHttpPath = new RegExp(`^${httpPath}$`);

/** `example.com/controller`. Upstream: staging/src/k8s.io/apimachinery/pkg/util/validation `IsDomainPrefixedPath` */
export function validateDomainPrefixedPath(text: string, path: Path): FieldError[] {
  if (text === '') return [required(path)];
  const slash = text.indexOf('/');
  const rest = text.slice(slash + 1);
  if (slash <= 0 || rest === '') {
    return [invalid(path, text, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  const wrongPath = isHttpPath.test(rest) ? [] : [invalid(path, rest, regexText('Invalid path', httpPath))];
  return [...complaints(dns1123Subdomain, path, text.slice(0, slash)), ...wrongPath];
}
