// Upstream: pkg/apis/admissionregistration/validation/validation.go `validateMutatingAdmissionPolicyBindingSpec`
import { oneOf } from '../../core/pod-spec/validation/supported';
import { defineKind } from '../../define-kind';
import { Path, required } from '../../field-error';
import type { MutatingAdmissionPolicyBinding } from '../../generated/admissionregistration-v1';
import { countGeneration } from '../../generation';
import { complaints } from '../../meta/labels';
import { dns1123Subdomain } from '../../meta/names';
import { defaultMatchResources, validateMatchResources } from '../match-resources';
import { mutatingOperations } from '../mutating-admission-policy';
import { validateParamRef } from '../param-ref';

const path = Path.of('spec');

export const mutatingAdmissionPolicyBinding = defineKind<MutatingAdmissionPolicyBinding>({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingAdmissionPolicyBinding',
  namespaced: false,
  updates: ['whole'],
  standardFinalizers: false,
  name: dns1123Subdomain,
  setDefaults: ({ spec }) => defaultMatchResources(spec?.matchResources),
  prepareForCreate({ metadata }) {
    metadata.generation = 1;
  },
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validateContent({ spec = {} }) {
    const { policyName, paramRef, matchResources } = spec;
    const name = path.child('policyName');
    const match = path.child('matchResources');
    return [
      ...(policyName ? complaints(dns1123Subdomain, name, policyName) : [required(name)]),
      ...(paramRef ? validateParamRef(paramRef, path.child('paramRef')) : []),
      ...(matchResources ? validateMatchResources(matchResources, match) : []),
      ...(matchResources?.resourceRules ?? []).flatMap(({ operations = [] }) =>
        operations.flatMap((one) => oneOf(one, mutatingOperations, match.child('resourceRules', 'operations'))),
      ),
    ];
  },
});
