import type { ReplicationController } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';
import { defaultPodTemplate } from '../pod-template/defaults';

/** Upstream: pkg/registry/core/replicationcontroller/strategy.go, pkg/apis/core/v1/defaults.go */
export const replicationController: KindDefinition<ReplicationController> = {
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  setDefaults({ metadata, spec }) {
    const labels = spec.template?.metadata?.labels;
    if (labels) {
      if (Object.keys(spec.selector ?? {}).length === 0) spec.selector = { ...labels };
      if (Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
    }
    spec.replicas ??= 1;
    if (spec.template) defaultPodTemplate(spec.template);
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = { replicas: 0 };
  },
};
