import type { ReplicaSet } from '../../generated/apps-v1';
import type { KindDefinition } from '../../kind';
import { defaultPodTemplate } from '../../core/pod-template/defaults';
import { dns1123Subdomain } from '../../meta/names';
import { validateObjectMeta, validateObjectMetaUpdate } from '../../meta/object-meta';
import { countGeneration } from '../../generation';
import { validateSelectorUnchanged } from '../../core/pod-template/selector';
import { namedWorkloadWarnings } from '../../core/pod-template/warnings';
import { validateReplicaSetSpec } from './validation';

const metaRules = { namespaced: true, name: dns1123Subdomain };

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
  prepareForUpdate(object, old) {
    object.status = old.status;
    countGeneration(object, old);
  },
  validate(object, context) {
    return [...validateObjectMeta(object.metadata, metaRules), ...validateReplicaSetSpec(object, context)];
  },
  validateUpdate(object, old, context) {
    return [
      ...validateObjectMetaUpdate(object.metadata, old.metadata),
      ...validateReplicaSetSpec(object, context),
      ...validateSelectorUnchanged(object.spec.selector, old.spec.selector),
    ];
  },
  warnings: namedWorkloadWarnings,
};
