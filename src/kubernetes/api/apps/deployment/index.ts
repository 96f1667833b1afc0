import type { Deployment } from '../../generated/apps-v1';
import type { KindDefinition } from '../../kind';
import { defaultPodTemplate } from '../../core/pod-template/defaults';
import { dns1123Subdomain } from '../../meta/names';
import { validateObjectMeta, validateObjectMetaUpdate } from '../../meta/object-meta';
import { countGeneration } from '../../generation';
import { validateSelectorUnchanged } from '../../core/pod-template/selector';
import { namedWorkloadWarnings } from '../../core/pod-template/warnings';
import { validateDeploymentSpec } from './validation';

const metaRules = { namespaced: true, name: dns1123Subdomain };

/** Upstream: pkg/registry/apps/deployment/strategy.go, pkg/apis/apps/v1/defaults.go */
export const deployment: KindDefinition<Deployment> = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  setDefaults({ spec }) {
    spec.replicas ??= 1;
    const strategy = (spec.strategy ??= {});
    strategy.type ||= 'RollingUpdate';
    if (strategy.type === 'RollingUpdate') {
      strategy.rollingUpdate ??= {};
      strategy.rollingUpdate.maxUnavailable ??= '25%';
      strategy.rollingUpdate.maxSurge ??= '25%';
    }
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    defaultPodTemplate((spec.template ??= {}));
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = {};
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
    countGeneration(object, old, true);
  },
  validate(object, context) {
    return [...validateObjectMeta(object.metadata, metaRules), ...validateDeploymentSpec(object, context)];
  },
  validateUpdate(object, old, context) {
    return [
      ...validateObjectMetaUpdate(object.metadata, old.metadata),
      ...validateDeploymentSpec(object, context),
      ...validateSelectorUnchanged(object.spec.selector, old.spec.selector),
    ];
  },
  warnings: namedWorkloadWarnings,
};
