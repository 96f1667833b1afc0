// Upstream: pkg/apis/admissionregistration/validation/validation.go `validateParamKind`
import { type FieldError, invalid, type Path, required } from '../field-error';
import type { ParamKind } from '../generated/admissionregistration-v1';
import { dns1035Label, dns1123Subdomain } from '../meta/names';

/** Which objects a policy takes its parameters from. */
export function validateParamKind({ apiVersion, kind }: ParamKind, at: Path): FieldError[] {
  const errors = apiVersion
    ? validateGroupVersion(apiVersion, at.child('apiVersion'))
    : [required(at.child('apiVersion'))];
  if (!kind) return [...errors, required(at.child('kind'))];
  const wrong = dns1035Label(kind.toLowerCase());
  if (wrong.length > 0) {
    const text = `may have mixed case, but should otherwise match: ${wrong.join(', ')}`;
    errors.push(invalid(at.child('kind'), kind, text));
  }
  return errors;
}

function validateGroupVersion(text: string, at: Path): FieldError[] {
  const parts = text === '/' ? [''] : text.split('/');
  if (parts.length > 2) return [invalid(at, text, `unexpected GroupVersion string: ${text}`)];
  const [first = '', second] = parts;
  const [group, version] = second === undefined ? ['', first] : [first, second];
  const errors: FieldError[] = [];
  const wrongGroup = group === '' ? [] : dns1123Subdomain(group);
  if (wrongGroup.length > 0) errors.push(invalid(at, group, wrongGroup.join(',')));
  if (version === '') return [...errors, invalid(at, text, 'version must be specified')];
  const wrongVersion = dns1035Label(version);
  return wrongVersion.length > 0 ? [...errors, invalid(at, version, wrongVersion.join(','))] : errors;
}
