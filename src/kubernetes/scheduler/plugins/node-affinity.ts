import type { Fact } from '../../component';
import type { Node, NodeSelectorTerm, Pod, PodSpec } from '../../api/generated/core-v1';
import { type KubeObject, referenceTo } from '../../api/object';
import {
  anyTermMatchesNode,
  isEmptyTerm,
  matchesRequiredNodeAffinity,
  termMatchesNode,
} from '../../placement/node-selector';
import { normalizeByHighest, type Plugin, type Refusal } from '../framework/plugin';

const name = 'NodeAffinity';

// pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go
const refusal: Refusal = {
  plugin: name,
  reasons: ["node(s) didn't match Pod's node affinity/selector"],
  resolvable: false,
};
const conflict: Refusal = { plugin: name, reasons: ['pod affinity terms conflict'], resolvable: false };

/**
 * The nodes a Pod is pinned to by `matchFields metadata.name`, as the DaemonSet controller does it. Undefined as soon
 * as one term leaves the name open.
 */
function pinnedNodes(terms: readonly NodeSelectorTerm[]): Set<string> | undefined {
  const all = new Set<string>();
  for (const term of terms) {
    let names: string[] | undefined;
    for (const field of term.matchFields ?? []) {
      if (field.key !== 'metadata.name' || field.operator !== 'In') continue;
      const values = field.values ?? [];
      names = names ? names.filter((one) => values.includes(one)) : values;
    }
    if (!names) return undefined;
    for (const one of names) all.add(one);
  }
  return all;
}

function matches(spec: PodSpec, node: KubeObject | undefined): boolean {
  // Events of nodes carry Nodes.
  return matchesRequiredNodeAffinity(spec, node as Node);
}

/** Each pair of the nodeSelector that the node lacks; the terms of an affinity are alternatives, so they fail together. */
function mismatches(pod: Pod, node: Node): Fact[] {
  const about = [referenceTo(node), referenceTo(pod)];
  const facts = Object.entries(pod.spec.nodeSelector ?? {})
    .filter(([key, value]) => node.metadata.labels?.[key] !== value)
    .map(([key, value]) => {
      const actual = node.metadata.labels?.[key];
      const found = actual === undefined ? 'no such label' : `${key}=${actual}`;
      return { text: `the Pod asks for ${key}=${value}, ${node.metadata.name} has ${found}`, about };
    });
  const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!terms || anyTermMatchesNode(terms, node)) return facts;
  return [...facts, { text: `no term of the required node affinity fits ${node.metadata.name}`, about }];
}

/** `nodeSelector` and node affinity. */
export const nodeAffinity: Plugin = {
  name,
  weight: 2,
  preFilter({ pod }) {
    const { spec } = pod;
    const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    if (!required && !spec.nodeSelector) return undefined;
    const pinned = required?.nodeSelectorTerms.length ? pinnedNodes(required.nodeSelectorTerms) : undefined;
    if (pinned?.size === 0) return conflict;
    return {
      nodeNames: pinned,
      filter: (node) => (node.node && matchesRequiredNodeAffinity(spec, node.node) ? undefined : refusal),
      because: (node) => (node.node ? mismatches(pod, node.node) : []),
    };
  },
  preScore({ pod }) {
    const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    if (preferred.length === 0) return undefined;
    const terms = preferred.filter(({ preference }) => !isEmptyTerm(preference));
    return {
      score(node) {
        let sum = 0;
        for (const { preference, weight } of terms) {
          if (node.node && termMatchesNode(preference, node.node)) sum += weight;
        }
        return sum;
      },
      normalize: (scores) => normalizeByHighest(scores, false),
    };
  },
  events: [
    {
      resource: 'Node',
      actions: ['Add', 'UpdateNodeLabel'],
      hint: ({ pod }, event) =>
        matches(pod.spec, event.new) && (event.old === undefined || !matches(pod.spec, event.old)),
    },
  ],
};
