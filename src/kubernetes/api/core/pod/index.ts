import type { Pod } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';
import { defaultPod } from './defaults';
import { qosClass } from './qos';
import { validatePod } from './validation';

/** Upstream: pkg/registry/core/pod/strategy.go */
export const pod: KindDefinition<Pod> = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  setDefaults: defaultPod,
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = { phase: 'Pending', qosClass: qosClass(object.spec) };
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
  },
  validate: validatePod,
  gracePeriodSeconds({ spec }) {
    return spec.nodeName ? (spec.terminationGracePeriodSeconds ?? 30) : 0;
  },
};
