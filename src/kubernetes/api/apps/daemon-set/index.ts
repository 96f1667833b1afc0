import type { DaemonSet } from '../../generated/apps-v1';
import type { KindDefinition } from '../../kind';
import { defaultPodTemplate } from '../../core/pod-template/defaults';

const templateGeneration = 'deprecated.daemonset.template.generation';

/** Upstream: pkg/registry/apps/daemonset/strategy.go, pkg/apis/apps/v1/defaults.go, conversion.go */
export const daemonSet: KindDefinition<DaemonSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  setDefaults({ spec }) {
    const strategy = (spec.updateStrategy ??= {});
    strategy.type ||= 'RollingUpdate';
    if (strategy.type === 'RollingUpdate') {
      strategy.rollingUpdate ??= {};
      strategy.rollingUpdate.maxUnavailable ??= 1;
      strategy.rollingUpdate.maxSurge ??= 0;
    }
    spec.revisionHistoryLimit ??= 10;
    defaultPodTemplate((spec.template ??= {}));
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.metadata.annotations = { ...object.metadata.annotations, [templateGeneration]: '1' };
    object.status = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
  },
};
