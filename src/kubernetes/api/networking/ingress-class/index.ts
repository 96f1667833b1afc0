// Upstream: pkg/apis/networking/validation/validation.go `ValidateIngressClass`, pkg/apis/networking/v1/defaults.go
import { oneOf } from '../../core/pod-spec/validation/supported';
import { defineKind } from '../../define-kind';
import { type FieldError, forbidden, Path, required, tooLong } from '../../field-error';
import type { IngressClass, IngressClassParametersReference } from '../../generated/networking-v1';
import { countGeneration } from '../../generation';
import { complaints, validateDomainPrefixedPath } from '../../meta/labels';
import { byteLength, dns1123Label, dns1123Subdomain, pathSegmentName } from '../../meta/names';
import { validateImmutable } from '../../meta/object-meta';

const path = Path.of('spec');
const longestController = 250;

export const ingressClass = defineKind<IngressClass>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  namespaced: false,
  updates: ['meta', 'change', 'whole'],
  name: dns1123Subdomain,
  setDefaults({ spec }) {
    if (spec?.parameters) spec.parameters.scope ??= 'Cluster';
  },
  prepareForCreate({ metadata }) {
    metadata.generation = 1;
  },
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validateContent({ spec }) {
    const { controller = '', parameters } = spec ?? {};
    const at = path.child('controller');
    return [
      ...(byteLength(controller) > longestController ? [tooLong(at, longestController)] : []),
      ...validateDomainPrefixedPath(controller, at),
      ...(parameters ? validateParameters(parameters, path.child('parameters')) : []),
    ];
  },
  validateChange: ({ spec }, old) =>
    validateImmutable(spec?.controller ?? '', old.spec?.controller ?? '', path.child('controller')),
});

function validateParameters(parameters: IngressClassParametersReference, at: Path): FieldError[] {
  const { apiGroup, scope, namespace } = parameters;
  const errors = apiGroup === undefined ? [] : complaints(dns1123Subdomain, at.child('apiGroup'), apiGroup);
  for (const field of ['kind', 'name'] as const) {
    const value = parameters[field];
    errors.push(...(value ? complaints(pathSegmentName, at.child(field), value) : [required(at.child(field))]));
  }
  errors.push(...oneOf(scope, ['Cluster', 'Namespace'], at.child('scope')));
  const where = at.child('namespace');
  if (scope === 'Namespace') {
    const text = "`parameters.scope` is set to 'Namespace'";
    errors.push(...(namespace === undefined ? [required(where, text)] : complaints(dns1123Label, where, namespace)));
  }
  if (scope === 'Cluster' && namespace !== undefined) {
    errors.push(forbidden(where, "`parameters.scope` is set to 'Cluster'"));
  }
  return errors;
}
