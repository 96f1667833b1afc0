import { defineKind } from '../../define-kind';
import { Path } from '../../field-error';
import { isNewGeneration } from '../../generation';
import type { PodTemplate } from '../../generated/core-v1';
import { dns1123Subdomain } from '../../meta/names';
import { deepEqual } from '../../object';
import { defaultPodTemplate } from './defaults';
import { validatePodTemplateSpec } from './validation';
import { podTemplateWarnings } from './warnings';

/** Upstream: pkg/registry/core/podtemplate/strategy.go, pkg/apis/core/validation/validation.go `ValidatePodTemplate` */
export const podTemplate = defineKind<PodTemplate>({
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  namespaced: true,
  name: dns1123Subdomain,
  setDefaults(object) {
    defaultPodTemplate((object.template ??= {}));
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
  },
  prepareForUpdate(object, old) {
    const changed = !deepEqual(object.template, old.template);
    object.metadata.generation = (old.metadata.generation ?? 0) + (changed ? 1 : 0);
  },
  validateContent: ({ template = {} }, context) => validatePodTemplateSpec(template, Path.of('template'), context),
  warnings(object, old) {
    return isNewGeneration(object, old) ? podTemplateWarnings(object.template, Path.of('template')) : [];
  },
});
