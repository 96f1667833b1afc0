// Upstream: pkg/apis/core/validation/validation.go, the functions named below
import { type FieldError, invalid, type Path } from '../../../field-error';

/** Upstream `validatePathNoBacksteps`. */
export function noBacksteps(target: string, path: Path): FieldError[] {
  return target.split('/').includes('..') ? [invalid(path, target, "must not contain '..'")] : [];
}

/** Upstream `validateLocalDescendingPath`. */
export function descendingPath(target: string, path: Path): FieldError[] {
  const relative = target.startsWith('/') ? [invalid(path, target, 'must be a relative path')] : [];
  return [...relative, ...noBacksteps(target, path)];
}

/** Upstream `ValidateLocalNonReservedPath`. */
export function nonReservedPath(target: string, path: Path): FieldError[] {
  const errors = descendingPath(target, path);
  if (target.startsWith('..') && !target.startsWith('../') && target !== '..') {
    errors.push(invalid(path, target, "must not start with '..'"));
  }
  return errors;
}

/** Permissions of a file. */
export function fileMode(mode: number | undefined, path: Path): FieldError[] {
  return mode !== undefined && (mode < 0 || mode > 0o777)
    ? [invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive')]
    : [];
}
