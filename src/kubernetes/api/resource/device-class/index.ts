// Upstream: pkg/apis/resource/validation/validation.go `ValidateDeviceClass`
import { isExtended } from '../../core/pod-spec/resource-names';
import type { KindDefinition } from '../../kind';
import { type FieldError, invalid, Path } from '../../field-error';
import type { DeviceClass } from '../../generated/resource-v1';
import { countGeneration } from '../../generation';
import { dns1123SubdomainBytes } from '../../meta/names';
import { validateObjectMeta, validateObjectMetaUpdate } from '../../meta/object-meta';
import { validateOpaque, validateSelectors, validateSlice } from '../shared';

const path = Path.of('spec');
const mostSettings = 32;
const rules = { namespaced: false, name: dns1123SubdomainBytes } as const;

export const deviceClass: KindDefinition<DeviceClass> = {
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'DeviceClass',
  prepareForCreate({ metadata }) {
    metadata.generation = 1;
  },
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validate: (object) => [
    ...validateObjectMeta(object.metadata, rules, { generateName: false }),
    ...validateSpec(object),
  ],
  validateUpdate: (object, old) => [
    ...validateObjectMeta(object.metadata, rules, { generateName: false }),
    ...validateObjectMetaUpdate(object.metadata, old.metadata),
    ...validateSpec(object),
  ],
};

function validateSpec({ spec = {} }: DeviceClass): FieldError[] {
  const { selectors, config, extendedResourceName: name } = spec;
  const text = 'must be a valid extended resource name';
  return [
    ...validateSelectors(selectors, path.child('selectors')),
    ...validateSlice(
      config,
      mostSettings,
      ({ opaque }, at) => validateOpaque(opaque, at.child('opaque')),
      path.child('config'),
    ),
    ...(name === undefined || isExtended(name) ? [] : [invalid(path.child('extendedResourceName'), name, text)]),
  ];
}
