// Upstream: pkg/apis/node/validation/validation.go
import { defineKind } from '../../define-kind';
import { duplicate, type FieldError, Path, required } from '../../field-error';
import type { Toleration } from '../../generated/core-v1';
import type { RuntimeClass } from '../../generated/node-v1';
import { complaints, validateLabels } from '../../meta/labels';
import { dns1123Label, dns1123Subdomain } from '../../meta/names';
import { validateImmutable } from '../../meta/object-meta';
import { internalForm } from '../../core/internal-form';
import { validateResources } from '../../core/pod-spec/validation/resources';
import { validateTolerations } from '../../core/pod-spec/validation/tolerations';
import { serverFacts } from '../../versions/server-facts';

export const runtimeClass = defineKind<RuntimeClass>({
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  namespaced: false,
  updates: ['whole', 'meta', 'change'],
  standardFinalizers: false,
  name: dns1123Subdomain,
  validateContent({ handler = '', overhead, scheduling }, { kubernetes }) {
    const path = Path.of('scheduling');
    return [
      ...(handler || !serverFacts[kubernetes].saysRequired
        ? complaints(dns1123Label, Path.of('handler'), handler)
        : [required(Path.of('handler'))]),
      ...(overhead ? validateResources({ limits: overhead.podFixed }, new Set(), Path.of('overhead')) : []),
      ...validateLabels(scheduling?.nodeSelector, path.child('nodeSelector')),
      ...validateTolerations(scheduling?.tolerations, path.child('tolerations')),
      ...validateDistinct(scheduling?.tolerations ?? [], path.child('tolerations')),
    ];
  },
  validateChange: (object, old) => validateImmutable(object.handler, old.handler, Path.of('handler')),
});

/** The same toleration twice, for however many seconds. Upstream `validateTolerations` of the node group. */
function validateDistinct(tolerations: readonly Toleration[], path: Path): FieldError[] {
  const keys = tolerations.map(({ key, operator, value, effect }) => JSON.stringify([key, operator, value, effect]));
  return tolerations.flatMap((one, i) =>
    keys.indexOf(keys[i] ?? '') < i ? [duplicate(path.index(i), internalForm('Toleration', one))] : [],
  );
}
