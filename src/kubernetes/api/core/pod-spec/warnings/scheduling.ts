// Upstream: pkg/api/pod/warnings.go
import type { Path } from '../../../field-error';
import type { Affinity, PodAffinity, PodSpec } from '../../../generated/core-v1';
import { deprecatedNodeLabel, nodeSelectorTermWarnings } from './node-labels';

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
const matchesNothing = 'a null labelSelector results in matching no pod';

/** Node labels that have been replaced, and spread constraints that count no Pod. */
export function nodeChoiceWarnings(spec: PodSpec, path: Path): string[] {
  const out: string[] = [];
  for (const label of Object.keys(spec.nodeSelector ?? {})) {
    const text = deprecatedNodeLabel(label);
    if (text) out.push(`${path.child('nodeSelector').key(label)}: ${text}`);
  }
  const affinity = spec.affinity?.nodeAffinity;
  const at = path.child('affinity', 'nodeAffinity');
  affinity?.[required]?.nodeSelectorTerms?.forEach((term, i) => {
    out.push(...nodeSelectorTermWarnings(term, at.child(required, 'nodeSelectorTerms').index(i)));
  });
  affinity?.[preferred]?.forEach(({ preference }, i) => {
    out.push(...nodeSelectorTermWarnings(preference, at.child(preferred).index(i).child('preference')));
  });
  spec.topologySpreadConstraints?.forEach(({ topologyKey, labelSelector }, i) => {
    const one = path.child('topologySpreadConstraints').index(i);
    const text = deprecatedNodeLabel(topologyKey);
    if (text) out.push(`${one.child('topologyKey')}: ${topologyKey} is ${text}`);
    if (!labelSelector) out.push(`${one.child('labelSelector')}: ${matchesNothing}`);
  });
  return out;
}

export function podAffinityWarnings({ podAffinity, podAntiAffinity }: Affinity, path: Path): string[] {
  const of = (affinity: PodAffinity | undefined, at: Path): string[] => [
    ...(affinity?.[required] ?? []).flatMap(({ labelSelector }, i) =>
      labelSelector ? [] : [`${at.child(required).index(i).child('labelSelector')}: ${matchesNothing}`],
    ),
    ...(affinity?.[preferred] ?? []).flatMap(({ podAffinityTerm }, i) =>
      podAffinityTerm.labelSelector
        ? []
        : [`${at.child(preferred).index(i).child('podAffinityTerm', 'labelSelector')}: ${matchesNothing}`],
    ),
  ];
  return [...of(podAffinity, path.child('podAffinity')), ...of(podAntiAffinity, path.child('podAntiAffinity'))];
}
