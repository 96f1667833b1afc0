// Upstream: pkg/apis/core/validation/validation.go `ValidateResourceQuota`
import { defineKind } from '../../define-kind';
import { type FieldError, invalid, Path } from '../../field-error';
import type { ResourceQuota, ResourceQuotaSpec } from '../../generated/core-v1';
import { dns1123Subdomain } from '../../meta/names';
import { immutableText } from '../../meta/object-meta';
import { deepEqual } from '../../object';
import { isStandardForQuota, validateQuotaResourceName } from '../pod-spec/resource-names';
import { validateResourceQuantity } from '../pod-spec/validation/resources';
import { roundUp } from '../pod-spec/defaults/resource-lists';
import { isScopeFor, scopes, validateScopeSelector } from './scopes';

export const resourceQuota = defineKind<ResourceQuota>({
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  namespaced: true,
  updates: ['meta', 'content', 'change'],
  name: dns1123Subdomain,
  setDefaults: ({ spec }) => roundUp(spec?.hard),
  prepareForCreate(object) {
    object.status = {};
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
  },
  validateContent: ({ spec }) => validateSpec(spec ?? {}, Path.of('spec')),
  validateChange({ spec }, old) {
    const before = [...(old.spec?.scopes ?? [])].sort();
    const now = spec?.scopes ?? [];
    return deepEqual([...now].sort(), before) ? [] : [invalid(Path.of('spec.scopes'), now, immutableText)];
  },
});

function validateSpec(spec: ResourceQuotaSpec, path: Path): FieldError[] {
  return [
    ...Object.entries(spec.hard ?? {}).flatMap(([name, value]) => [
      ...validateQuotaResourceName(name, path.child('hard').key(name)),
      ...validateResourceQuantity(counted(name), value, path.child('hard').key(name)),
    ]),
    ...validateScopes(spec, path.child('scopes')),
    ...validateScopeSelector(spec, path.child('scopeSelector', 'matchExpressions')),
  ];
}

/** `count/deployments.apps` counts pieces as `pods` does. */
function counted(name: string): string {
  return name.startsWith('count/') ? 'pods' : name;
}

const excluding: readonly (readonly [string, string])[] = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];

function validateScopes({ scopes: given = [], hard }: ResourceQuotaSpec, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const resources = Object.keys(hard ?? {}).sort();
  for (const scope of given) {
    if (!scopes.has(scope)) errors.push(invalid(path, given, 'unsupported scope'));
    for (const resource of resources) {
      if (isStandardForQuota(resource) && !isScopeFor(scope, resource)) {
        errors.push(invalid(path, given, 'unsupported scope applied to resource'));
      }
    }
  }
  for (const [one, other] of excluding) {
    if (given.some((scope) => scope === one) && given.some((scope) => scope === other)) {
      errors.push(invalid(path, given, 'conflicting scopes'));
    }
  }
  return errors;
}
