import type { Service } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';
import { defaultService } from './defaults';

/** Upstream: pkg/registry/core/service/strategy.go */
export const service: KindDefinition<Service> = {
  group: '',
  version: 'v1',
  kind: 'Service',
  setDefaults: defaultService,
  prepareForCreate(object) {
    object.status = { loadBalancer: {} };
  },
};
