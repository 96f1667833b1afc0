// Upstream: pkg/api/node/util.go
import type { Path } from '../../../field-error';
import type { NodeSelectorTerm } from '../../../generated/core-v1';

const successors: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
};

/** What is said of a node label that has been replaced. */
export function deprecatedNodeLabel(label: string): string | undefined {
  return successors[label];
}

export function nodeSelectorTermWarnings({ matchExpressions }: NodeSelectorTerm, path: Path): string[] {
  return (matchExpressions ?? []).flatMap(({ key }, i) => {
    const text = deprecatedNodeLabel(key);
    return text ? [`${path.child('matchExpressions').index(i).child('key')}: ${key} is ${text}`] : [];
  });
}
