// Upstream: pkg/apis/storage/validation/validation.go `validateParameters`, `validateProvisioner`
import { type FieldError, invalid, type Path, required, tooLong } from '../field-error';
import { complaints } from '../meta/labels';
import { byteLength, qualifiedNameErrors } from '../meta/names';

const maxEntries = 512;
const maxBytes = 256 * 1024;

/** What a class hands to its driver. */
export function validateParameters(parameters: { readonly [key: string]: string } = {}, path: Path): FieldError[] {
  const entries = Object.entries(parameters);
  if (entries.length > maxEntries) return [tooLong(path, maxEntries)];
  const errors = entries.flatMap(([key]) => (key === '' ? [invalid(path, key, 'field can not be empty.')] : []));
  const bytes = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return bytes > maxBytes ? [...errors, tooLong(path, maxBytes)] : errors;
}

/** The driver of a class: `example.com/driver`. */
export function validateProvisioner(name: string | undefined, path: Path): FieldError[] {
  return name ? complaints((text) => qualifiedNameErrors(text.toLowerCase()), path, name) : [required(path)];
}
