import type { ReplicationController } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';
import { Path } from '../../field-error';
import { countGeneration, isNewGeneration } from '../../generation';
import { dns1123SubdomainBytes } from '../../meta/names';
import { validateObjectMeta, validateObjectMetaUpdate } from '../../meta/object-meta';
import { hostnameWarning, podTemplateWarnings } from '../pod-template/warnings';
import { validateReplicationControllerSpec } from './validation';
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
  prepareForUpdate(object, old) {
    object.status = old.status;
    countGeneration(object, old);
  },
  validate(object, context) {
    return [
      ...validateObjectMeta(
        object.metadata,
        { namespaced: true, name: dns1123SubdomainBytes },
        { generateName: false },
      ),
      ...validateReplicationControllerSpec(object, context),
    ];
  },
  validateUpdate(object, old, context) {
    return [
      ...validateObjectMetaUpdate(object.metadata, old.metadata),
      ...validateReplicationControllerSpec(object, context),
    ];
  },
  warnings(object, old) {
    if (!isNewGeneration(object, old)) return [];
    // Upstream's strategy hands in the two templates the wrong way round: of a change, the old one is told of.
    const template = podTemplateWarnings((old ?? object).spec.template, Path.of('spec.template'));
    return old ? template : [...hostnameWarning(object.metadata.name, 'Pod names and hostnames'), ...template];
  },
};
