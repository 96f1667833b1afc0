import type { Service } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';
import { dns1035Label, dns1123Label } from '../../meta/names';
import { validateObjectMeta, validateObjectMetaUpdate } from '../../meta/object-meta';
import { defaultService } from './defaults';
import { validateServiceChange } from './update';
import { validateServiceSpec } from './validation';
import { serviceWarnings } from './warnings';

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
    // Since 1.36 a Service may be called like a Pod: a digit may come first.
    const name = context.kubernetes >= '1.36' ? dns1123Label : dns1035Label;
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
