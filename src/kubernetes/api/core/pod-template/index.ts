import type { PodTemplate } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';
import { defaultPodTemplate } from './defaults';

/** Upstream: pkg/registry/core/podtemplate/strategy.go */
export const podTemplate: KindDefinition<PodTemplate> = {
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  setDefaults(object) {
    defaultPodTemplate((object.template ??= {}));
  },
};
