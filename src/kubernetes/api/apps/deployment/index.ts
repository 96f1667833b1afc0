import type { Deployment } from '../../generated/apps-v1';
import type { KindDefinition } from '../../kind';
import { defaultPodTemplate } from '../../core/pod-template/defaults';

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
};
