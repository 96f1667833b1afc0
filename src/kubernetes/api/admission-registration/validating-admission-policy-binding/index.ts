// Upstream: pkg/apis/admissionregistration/validation/validation.go, pkg/apis/admissionregistration/v1/defaults.go
import { defineKind } from '../../define-kind';
import { duplicate, type FieldError, invalid, Path, required } from '../../field-error';
import type { ValidatingAdmissionPolicyBinding } from '../../generated/admissionregistration-v1';
import { countGeneration } from '../../generation';
import { complaints } from '../../meta/labels';
import { dns1123Subdomain } from '../../meta/names';
import { oneOf } from '../../core/pod-spec/validation/supported';
import { defaultMatchResources, validateMatchResources } from '../match-resources';
import { validateParamRef } from '../param-ref';

const path = Path.of('spec');

export const validatingAdmissionPolicyBinding = defineKind<ValidatingAdmissionPolicyBinding>({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  namespaced: false,
  updates: ['whole'],
  standardFinalizers: false,
  name: dns1123Subdomain,
  setDefaults: ({ spec }) => defaultMatchResources(spec.matchResources),
  prepareForCreate({ metadata }) {
    metadata.generation = 1;
  },
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validateContent({ spec }) {
    const { policyName, paramRef, matchResources, validationActions = [] } = spec;
    const name = path.child('policyName');
    return [
      ...(policyName ? complaints(dns1123Subdomain, name, policyName) : [required(name)]),
      ...(paramRef ? validateParamRef(paramRef, path.child('paramRef')) : []),
      ...(matchResources ? validateMatchResources(matchResources, path.child('matchResources')) : []),
      ...validateActions(validationActions, path.child('validationActions')),
    ];
  },
});

function validateActions(actions: readonly string[], at: Path): FieldError[] {
  const errors = actions.flatMap((action, i) => [
    ...oneOf(action, ['Audit', 'Deny', 'Warn'], at.index(i)),
    ...(actions.indexOf(action) < i ? [duplicate(at.index(i), action)] : []),
  ]);
  if (actions.includes('Deny') && actions.includes('Warn')) {
    const text =
      'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';
    errors.push(invalid(at, actions, text));
  }
  if (actions.length === 0) errors.push(required(at, 'at least one validation action is required'));
  return errors;
}
