import { type FieldError, invalid, type Path } from '../field-error';
import type { RoleRef } from '../generated/rbac-v1';
import { deepEqual } from '../object';

/** Upstream's own words for what a binding refers to. */
export function validateImmutableOnce({ apiGroup = '', kind, name }: RoleRef, old: RoleRef, path: Path): FieldError[] {
  const ref = { apiGroup, kind, name };
  if (deepEqual(ref, old)) return [];
  return [invalid(path, { APIGroup: apiGroup, Kind: kind, Name: name }, 'cannot change roleRef')];
}
