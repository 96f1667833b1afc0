// Upstream: pkg/apis/core/validation/validation.go `validateAffinity`
import { type FieldError, invalid, type Path, required } from '../../../field-error';
import type { Affinity, NodeAffinity, PodAffinity, PodAffinityTerm } from '../../../generated/core-v1';
import { validateLabelSelector } from '../../../meta/label-selector';
import { complaints, validateLabelName } from '../../../meta/labels';
import { dns1123Label } from '../../../meta/names';
import { validateLabelKeys } from './label-keys';
import { validateNodeSelector, validateNodeSelectorTerm } from './node-selector';

const requiredTerms = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferredTerms = 'preferredDuringSchedulingIgnoredDuringExecution';

export function validateAffinity(affinity: Affinity | undefined, path: Path): FieldError[] {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity ?? {};
  return [
    ...(nodeAffinity ? validateNodeAffinity(nodeAffinity, path.child('nodeAffinity')) : []),
    ...(podAffinity ? validatePodAffinity(podAffinity, path.child('podAffinity')) : []),
    ...(podAntiAffinity ? validatePodAffinity(podAntiAffinity, path.child('podAntiAffinity')) : []),
  ];
}

function validateWeight(weight: number, path: Path): FieldError[] {
  return weight >= 1 && weight <= 100 ? [] : [invalid(path, weight, 'must be in the range 1-100')];
}

function validateNodeAffinity(affinity: NodeAffinity, path: Path): FieldError[] {
  const selector = affinity[requiredTerms];
  const preferred = path.child(preferredTerms);
  return [
    ...(selector ? validateNodeSelector(selector, path.child(requiredTerms)) : []),
    ...(affinity[preferredTerms] ?? []).flatMap(({ weight, preference }, i) => [
      ...validateWeight(weight ?? 0, preferred.index(i).child('weight')),
      ...validateNodeSelectorTerm(preference ?? {}, false, preferred.index(i).child('preference')),
    ]),
  ];
}

function validatePodAffinity(affinity: PodAffinity, path: Path): FieldError[] {
  const must = path.child(requiredTerms);
  const should = path.child(preferredTerms);
  return [
    ...(affinity[requiredTerms] ?? []).flatMap((term, i) => validateTerm(term, must.index(i))),
    ...(affinity[preferredTerms] ?? []).flatMap(({ weight, podAffinityTerm }, i) => [
      ...validateWeight(weight ?? 0, should.index(i).child('weight')),
      ...validateTerm(podAffinityTerm, should.index(i).child('podAffinityTerm')),
    ]),
  ];
}

function validateTerm(term: PodAffinityTerm, path: Path): FieldError[] {
  const topologyKey = term.topologyKey ?? '';
  return [
    ...validateLabelSelector(term.labelSelector, path.child('labelSelector')),
    ...validateLabelSelector(term.namespaceSelector, path.child('namespaceSelector')),
    ...(term.namespaces ?? []).flatMap((name) => complaints(dns1123Label, path.child('namespace'), name)),
    ...validateLabelKeys(term, path),
    ...(topologyKey ? [] : [required(path.child('topologyKey'), 'can not be empty')]),
    ...validateLabelName(topologyKey, path.child('topologyKey')),
  ];
}
