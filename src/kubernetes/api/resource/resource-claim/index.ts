// Upstream: pkg/registry/resource/resourceclaim/strategy.go
import { defineKind } from '../../define-kind';
import { Path } from '../../field-error';
import type { ResourceClaim } from '../../generated/resource-v1';
import { dns1123Subdomain } from '../../meta/names';
import { validateImmutable } from '../../meta/object-meta';
import { defaultClaimSpec, validateClaimSpec } from './spec';

const path = Path.of('spec');

export const resourceClaim = defineKind<ResourceClaim>({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceClaim',
  namespaced: true,
  updates: ['whole', 'meta', 'change'],
  name: dns1123Subdomain,
  setDefaults: ({ spec }) => defaultClaimSpec(spec ?? {}),
  prepareForCreate(object) {
    object.status = {};
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
  },
  validateNew: ({ spec }) => validateClaimSpec(spec ?? {}, path),
  validateChange: ({ spec }, old) => validateImmutable(spec, old.spec, path),
});
