// Upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/dispatcher.go
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../api/generated/admissionregistration-v1';
import type { Status } from '../../apiserver/status';
import type { AdmissionAttributes, AdmissionContext, AdmissionPlugin } from '../chain';
import { forbiddenBy } from '../refusal';
import type { Denial, denials } from '../validating-admission-policy/evaluation';
import { matchesRequest } from '../validating-admission-policy/matching';
import { collectParams } from '../validating-admission-policy/params';

const codes: Readonly<Record<string, number>> = { Forbidden: 403, RequestEntityTooLarge: 413, Invalid: 422 };

let evaluate: typeof denials | undefined;

/** Hands in the evaluation of expressions, which comes with the kinds of the policies: there are none before. */
export function provideEvaluation(given: typeof denials): void {
  evaluate = given;
}

/** Policies written in CEL. A binding says for which requests one counts, and whether it refuses or warns. */
export const validatingAdmissionPolicy: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  validate(attributes, context) {
    // Nobody may lock themselves out of changing the policies.
    if (!evaluate || attributes.resource.group === 'admissionregistration.k8s.io') return undefined;
    const { reader, warn } = context;
    let refusal: Status | undefined;
    const bindings = reader.list('validatingadmissionpolicybindings.admissionregistration.k8s.io');
    for (const policy of reader.list('validatingadmissionpolicies.admissionregistration.k8s.io')) {
      if (!matchesRequest(policy.spec.matchConstraints, attributes, reader)) continue;
      for (const binding of bindings.filter(({ spec }) => spec.policyName === policy.metadata.name)) {
        if (!matchesRequest(binding.spec.matchResources, attributes, reader)) continue;
        const by = `ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}'`;
        for (const denial of denialsOf(policy, binding, attributes, context)) {
          const { validationActions } = binding.spec;
          if (validationActions.includes('Deny')) {
            refusal ??= refusedBy(attributes, `${by} denied request: ${denial.message}`, denial.reason);
          }
          if (validationActions.includes('Warn')) warn(`Validation failed for ${by}: ${denial.message}`);
        }
      }
    }
    return refusal;
  },
};

function denialsOf(
  policy: ValidatingAdmissionPolicy,
  { spec }: ValidatingAdmissionPolicyBinding,
  attributes: AdmissionAttributes,
  { reader }: AdmissionContext,
): Denial[] {
  const params = collectParams(policy.spec.paramKind, spec.paramRef, attributes.namespace, reader);
  if ('error' in params) {
    return policy.spec.failurePolicy === 'Ignore' ? [] : [{ message: `failed to configure binding: ${params.error}` }];
  }
  return params.objects.flatMap((one) => evaluate?.(policy, attributes, one, reader) ?? []);
}

/** Worded as forbidden whatever the reason is; the reason decides the code. */
function refusedBy(attributes: AdmissionAttributes, message: string, reason = 'Invalid'): Status {
  const status = forbiddenBy(attributes, message);
  return { ...status, reason, code: codes[reason] ?? 422, details: { ...status.details, causes: [{ message }] } };
}
