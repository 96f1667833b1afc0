// Upstream: pkg/registry/admissionregistration/validatingadmissionpolicy/strategy.go, pkg/apis/admissionregistration/v1/defaults.go
import { defineKind } from '../../define-kind';
import type { ValidatingAdmissionPolicy } from '../../generated/admissionregistration-v1';
import { countGeneration } from '../../generation';
import { dns1123Subdomain } from '../../meta/names';
import { defaultMatchResources } from '../match-resources';
import { validatePolicy } from './validation';

export const validatingAdmissionPolicy = defineKind<ValidatingAdmissionPolicy>({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicy',
  namespaced: false,
  updates: ['whole'],
  standardFinalizers: false,
  name: dns1123Subdomain,
  setDefaults({ spec }) {
    spec.failurePolicy ??= 'Fail';
    defaultMatchResources(spec.matchConstraints);
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
    object.status = {};
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
    countGeneration(object, old);
  },
  validateContent: validatePolicy,
});
