// Upstream: pkg/apis/admissionregistration/validation/validation.go `validateMutatingAdmissionPolicySpec`, pkg/apis/admissionregistration/v1/defaults.go
import { oneOf, presentOneOf, requiredOneOf } from '../../core/pod-spec/validation/supported';
import { defineKind } from '../../define-kind';
import { type FieldError, invalid, Path, required } from '../../field-error';
import type { MutatingAdmissionPolicy, Mutation } from '../../generated/admissionregistration-v1';
import { countGeneration } from '../../generation';
import { dns1123Subdomain } from '../../meta/names';
import { isBlank, validateConditions, validateVariable } from '../expressions';
import { defaultMatchResources, validateMatchResources } from '../match-resources';
import { validateParamKind } from '../param-kind';
import { PolicyCompiler } from '../policy-compiler';

const path = Path.of('spec');
/** What a mutation may be made at: a deletion has no object to change. */
export const mutatingOperations = ['*', 'CONNECT', 'CREATE', 'UPDATE'];

export const mutatingAdmissionPolicy = defineKind<MutatingAdmissionPolicy>({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingAdmissionPolicy',
  namespaced: false,
  updates: ['whole'],
  standardFinalizers: false,
  name: dns1123Subdomain,
  setDefaults({ spec }) {
    if (!spec) return;
    spec.failurePolicy ??= 'Fail';
    defaultMatchResources(spec.matchConstraints);
  },
  prepareForCreate({ metadata }) {
    metadata.generation = 1;
  },
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validateContent({ spec = {} }) {
    const { failurePolicy, paramKind, matchConstraints, matchConditions, variables, mutations = [] } = spec;
    const match = path.child('matchConstraints');
    const rules = matchConstraints?.resourceRules ?? [];
    const params = paramKind !== undefined;
    const compiler = new PolicyCompiler({ params, variables: true });
    const conditions = new PolicyCompiler({ params, variables: false });
    return [
      ...presentOneOf(failurePolicy, ['Fail', 'Ignore'], path.child('failurePolicy')),
      ...(paramKind ? validateParamKind(paramKind, path.child('paramKind')) : []),
      ...(matchConstraints ? validateMatchResources(matchConstraints, match) : [required(match)]),
      ...(matchConstraints && rules.length === 0 ? [required(match.child('resourceRules'))] : []),
      ...rules.flatMap(({ operations = [] }) =>
        operations.flatMap((one) => oneOf(one, mutatingOperations, match.child('resourceRules', 'operations'))),
      ),
      ...validateConditions(matchConditions ?? [], conditions, path.child('matchConditions')),
      ...(variables ?? []).flatMap((one, i) => validateVariable(one, compiler, path.child('variables').index(i))),
      ...(mutations.length === 0
        ? [required(path.child('mutations'), 'mutations must contain at least one item')]
        : []),
      ...mutations.flatMap((one, i) => validateMutation(one, path.child('mutations').index(i))),
      ...requiredOneOf(spec.reinvocationPolicy, ['IfNeeded', 'Never'], path.child('reinvocationPolicy')),
    ];
  },
});

const fields = { ApplyConfiguration: 'applyConfiguration', JSONPatch: 'jsonPatch' } as const;

/** The expressions themselves are not compiled: they make objects, which the language here cannot. */
function validateMutation(mutation: Mutation, at: Path): FieldError[] {
  const { patchType } = mutation;
  if (patchType !== 'ApplyConfiguration' && patchType !== 'JSONPatch') {
    return requiredOneOf(patchType, Object.keys(fields), at.child('patchType'));
  }
  const own = fields[patchType];
  const other = patchType === 'JSONPatch' ? 'applyConfiguration' : 'jsonPatch';
  const errors: FieldError[] = [];
  if (!mutation[own]) errors.push(required(at.child(own), `must be specified when patchType is ${patchType}`));
  else if (isBlank(mutation[own].expression)) errors.push(required(at.child(own, 'expression')));
  if (mutation[other]) {
    errors.push(invalid(at.child(other), `{${other}}`, `must not be specified when patchType is ${patchType}`));
  }
  return errors;
}
