// Upstream: pkg/registry/core/persistentvolume/strategy.go, pkg/apis/core/v1/defaults.go, pkg/api/persistentvolume/util.go
import { defineKind } from '../../define-kind';
import type { PersistentVolume } from '../../generated/core-v1';
import { dns1123Subdomain } from '../../meta/names';
import { defaultVolume } from './defaults';
import { volumeWarnings } from './warnings';
import { validateVolumeChange } from './update';
import { validateVolumeSpec } from './validation';

export const persistentVolume = defineKind<PersistentVolume>({
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  namespaced: false,
  updates: ['whole', 'whole', 'change'],
  name: dns1123Subdomain,
  setDefaults: ({ spec }) => defaultVolume(spec),
  prepareForCreate(object) {
    const since = object.metadata.creationTimestamp;
    object.status = { phase: 'Pending', lastPhaseTransitionTime: since };
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
  },
  validateContent: validateVolumeSpec,
  validateChange: validateVolumeChange,
  warnings: ({ metadata, spec }) => volumeWarnings(metadata.annotations ?? {}, spec),
});
