// Upstream: pkg/registry/core/persistentvolumeclaim/strategy.go, pkg/apis/core/validation/validation.go
import { defineKind } from '../../define-kind';
import { Path } from '../../field-error';
import type { PersistentVolumeClaim } from '../../generated/core-v1';
import { dns1123Subdomain } from '../../meta/names';
import { fractionalBytes } from '../fractional-bytes';
import { settleDataSources } from './data-sources';
import { defaultClaim } from './defaults';
import { validateClaimChange } from './update';
import { validateClaimSpec } from './validation';

const storageClassAnnotation = 'volume.beta.kubernetes.io/storage-class';

export const persistentVolumeClaim = defineKind<PersistentVolumeClaim>({
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  namespaced: true,
  updates: ['meta', 'whole', 'change'],
  name: dns1123Subdomain,
  setDefaults: defaultClaim,
  prepareForCreate(object) {
    object.status = { phase: 'Pending' };
    settleDataSources(object.spec);
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
    settleDataSources(object.spec, old.spec);
  },
  validateContent: ({ spec }) => validateClaimSpec(spec, Path.of('spec')),
  validateChange: validateClaimChange,
  warnings({ metadata, spec }) {
    const annotation =
      metadata.annotations?.[storageClassAnnotation] === undefined
        ? []
        : [
            `metadata.annotations[${storageClassAnnotation}]: deprecated since v1.8; use "storageClassName" attribute instead`,
          ];
    return [...annotation, ...fractionalBytes(spec.resources ?? {}, Path.of('spec.resources'), ['storage'])];
  },
});
