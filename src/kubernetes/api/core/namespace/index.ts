import { defineKind } from '../../define-kind';
import { Path } from '../../field-error';
import type { Namespace } from '../../generated/core-v1';
import { complaints } from '../../meta/labels';
import { dns1123Label, qualifiedNameErrors } from '../../meta/names';
import { standardFinalizer } from '../../meta/object-meta';

/** Upstream: pkg/registry/core/namespace/strategy.go, pkg/apis/core/v1/defaults.go */
export const namespace = defineKind<Namespace>({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  namespaced: false,
  updates: ['whole', 'meta'],
  name: dns1123Label,
  setDefaults: labelWithName,
  prepareForCreate(object) {
    const finalizers = object.spec?.finalizers ?? [];
    object.spec = { finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'] };
    object.status = { phase: 'Active' };
    labelWithName(object);
  },
  prepareForUpdate(object, old) {
    object.spec = old.spec;
    object.status = old.status;
  },
  validateContent({ spec }) {
    const path = Path.of('spec.finalizers');
    return (spec?.finalizers ?? []).flatMap((name) => [
      ...complaints(qualifiedNameErrors, path, name),
      ...standardFinalizer(name, path),
    ]);
  },
});

/** A namespace can be selected by its name. */
function labelWithName({ metadata }: Namespace): void {
  if (metadata.name) metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
}
