// Upstream: pkg/apis/resource/validation/validation.go `ValidateResourceClaimTemplate`
import { validateTemplateMetadata } from '../../core/persistent-volume-claim/validation';
import { defineKind } from '../../define-kind';
import { Path } from '../../field-error';
import type { ResourceClaimTemplate } from '../../generated/resource-v1';
import { dns1123Subdomain } from '../../meta/names';
import { validateImmutable } from '../../meta/object-meta';
import { defaultClaimSpec, validateClaimSpec } from '../resource-claim/spec';

const path = Path.of('spec');

export const resourceClaimTemplate = defineKind<ResourceClaimTemplate>({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceClaimTemplate',
  namespaced: true,
  updates: ['whole', 'meta', 'change'],
  name: dns1123Subdomain,
  setDefaults: ({ spec }) => defaultClaimSpec(spec?.spec ?? {}),
  validateContent: ({ spec }) => [
    ...validateTemplateMetadata(spec?.metadata ?? {}, path.child('metadata')),
    ...validateClaimSpec(spec?.spec ?? {}, path.child('spec')),
  ],
  validateChange: ({ spec }, old) => validateImmutable(spec, old.spec, path),
});
