import type { Namespace } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';

/** Upstream: pkg/registry/core/namespace/strategy.go, pkg/apis/core/v1/defaults.go */
export const namespace: KindDefinition<Namespace> = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  setDefaults({ metadata }) {
    if (metadata.name) metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
  },
  prepareForCreate(object) {
    const finalizers = object.spec?.finalizers ?? [];
    object.spec = { finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'] };
    object.status = { phase: 'Active' };
  },
};
