// Upstream: pkg/apis/apps/validation/validation.go `ValidateControllerRevision`
import { defineKind } from '../../define-kind';
import { type FieldError, Path, required } from '../../field-error';
import type { ControllerRevision } from '../../generated/apps-v1';
import { dns1123Subdomain } from '../../meta/names';
import { validateImmutable, validateNonNegative } from '../../meta/object-meta';
import { isObject } from '../../object';

export const controllerRevision = defineKind<ControllerRevision>({
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  namespaced: true,
  updates: ['meta', 'whole', 'change'],
  name: dns1123Subdomain,
  validateContent: ({ revision }) => validateNonNegative(revision, Path.of('revision')),
  validateNew({ data }): FieldError[] {
    if (data === undefined || data === null) return [required(Path.of('data'), 'data is mandatory')];
    return isObject(data) ? [] : [required(Path.of('data'), 'data must be a valid JSON object')];
  },
  validateChange: ({ data }, old) => validateImmutable(data, old.data, Path.of('data')),
});
