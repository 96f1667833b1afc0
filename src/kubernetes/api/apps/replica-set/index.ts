import type { ReplicaSet } from '../../generated/apps-v1';
import type { KindDefinition } from '../../kind';
import { defaultPodTemplate } from '../../core/pod-template/defaults';

/** Upstream: pkg/registry/apps/replicaset/strategy.go, pkg/apis/apps/v1/defaults.go */
export const replicaSet: KindDefinition<ReplicaSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  setDefaults({ spec }) {
    spec.replicas ??= 1;
    defaultPodTemplate((spec.template ??= {}));
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = { replicas: 0 };
  },
};
