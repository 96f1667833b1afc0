import type { PersistentVolumeClaim } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';
import { defaultClaim } from './defaults';

/** Upstream: pkg/registry/core/persistentvolumeclaim/strategy.go */
export const persistentVolumeClaim: KindDefinition<PersistentVolumeClaim> = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  setDefaults: defaultClaim,
  prepareForCreate(object) {
    object.status = { phase: 'Pending' };
  },
};
