import type { Service } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';
import { dns1035Label, dns1123Label } from '../../meta/names';
import { validateObjectMeta, validateObjectMetaUpdate } from '../../meta/object-meta';
import { defaultService } from './defaults';
import { validateServiceChange } from './update';
import { validateServiceSpec } from './validation';
import { serviceWarnings } from './warnings';
import { serverFacts } from '../../versions/server-facts';

/** Upstream: pkg/registry/core/service/strategy.go. Addresses and ports are given out by the request path. */
export const service: KindDefinition<Service> = {
  group: '',
  version: 'v1',
  kind: 'Service',
  setDefaults: defaultService,
  prepareForCreate(object) {
    object.status = { loadBalancer: {} };
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
  },
  validate(object, context) {
    const name = serverFacts[context.kubernetes].relaxedServiceNames ? dns1123Label : dns1035Label;
    return [...validateObjectMeta(object.metadata, { namespaced: true, name }), ...validateServiceSpec(object)];
  },
  validateUpdate(object, old) {
    return [
      ...validateObjectMetaUpdate(object.metadata, old.metadata),
      ...validateServiceChange(object, old),
      ...validateServiceSpec(object),
    ];
  },
  warnings: serviceWarnings,
};
