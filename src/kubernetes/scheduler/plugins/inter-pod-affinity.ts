import type { Node, Pod } from '../../api/generated/core-v1';
import { referenceTo } from '../../api/object';
import { type AffinityTerm, type NamespaceLabels, termMatches } from '../framework/affinity-term';
import type { QueueingHint } from '../framework/cluster-event';
import type { NodeInfo } from '../framework/node-info';
import { type FilterStep, maxNodeScore, type Plugin, type Refusal, type ScoreStep } from '../framework/plugin';
import { PodInfo } from '../framework/pod-info';
import type { ObjectReader, Snapshot } from '../framework/snapshot';
import { TopologyCounts } from './topology-counts';

const name = 'InterPodAffinity';

// pkg/scheduler/framework/plugins/interpodaffinity/filtering.go
const noAffinity: Refusal = { plugin: name, reasons: ["node(s) didn't match pod affinity rules"], resolvable: false };
const antiAffinity: Refusal = {
  plugin: name,
  reasons: ["node(s) didn't match pod anti-affinity rules"],
  resolvable: true,
};
const existingAntiAffinity: Refusal = {
  plugin: name,
  reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"],
  resolvable: true,
};

function namespaceLabels(objects: ObjectReader): NamespaceLabels {
  return (namespace) => objects.get('namespaces', undefined, namespace)?.metadata.labels;
}

function matchesAll(terms: readonly AffinityTerm[], pod: Pod, labels: NamespaceLabels): boolean {
  return terms.length > 0 && terms.every((term) => termMatches(term, pod, labels));
}

/** Upstream: filtering.go */
function affinityFilter(incoming: PodInfo, snapshot: Snapshot): FilterStep | undefined {
  const labels = namespaceLabels(snapshot.objects);
  const { requiredAffinity, requiredAntiAffinity } = incoming;
  const wanted = new TopologyCounts();
  const unwanted = new TopologyCounts();
  const refusing = new TopologyCounts();

  const countRefusing = (existing: PodInfo, node: NodeInfo, by: number) => {
    for (const term of existing.requiredAntiAffinity) {
      if (termMatches(term, incoming.pod, labels)) refusing.add(node, term.topologyKey, by);
    }
  };
  const countOwn = (existing: PodInfo, node: NodeInfo, by: number) => {
    if (matchesAll(requiredAffinity, existing.pod, labels)) {
      for (const term of requiredAffinity) wanted.add(node, term.topologyKey, by);
    }
    for (const term of requiredAntiAffinity) {
      if (termMatches(term, existing.pod, labels)) unwanted.add(node, term.topologyKey, by);
    }
  };

  for (const node of snapshot.nodesWithRequiredAntiAffinity) {
    if (node.node) for (const existing of node.podsWithRequiredAntiAffinity) countRefusing(existing, node, 1);
  }
  const hasTerms = requiredAffinity.length + requiredAntiAffinity.length > 0;
  if (hasTerms) for (const node of snapshot.nodes) for (const existing of node.pods) countOwn(existing, node, 1);
  else if (refusing.isEmpty) return undefined;

  const change = (other: PodInfo, node: NodeInfo, by: number) => {
    countRefusing(other, node, by);
    if (hasTerms) countOwn(other, node, by);
  };
  const hasCompany = (node: NodeInfo) => {
    let all = true;
    for (const { topologyKey } of requiredAffinity) {
      if (node.labels[topologyKey] === undefined) return false;
      if (wanted.at(node, topologyKey) <= 0) all = false;
    }
    // The first of a group that wants its own company may start it.
    return all || (wanted.isZero && matchesAll(requiredAffinity, incoming.pod, labels));
  };
  return {
    filter(node) {
      if (requiredAffinity.length > 0 && !hasCompany(node)) return noAffinity;
      if (requiredAntiAffinity.some((term) => unwanted.at(node, term.topologyKey) > 0)) return antiAffinity;
      return refusing.anyAt(node) ? existingAntiAffinity : undefined;
    },
    addPod: (added, node) => change(added, node, 1),
    removePod: (removed, node) => change(removed, node, -1),
    because: (node) => [
      {
        text: `compared with the labels of the Pods in ${node.name}'s topology`,
        about: [referenceTo(incoming.pod), ...node.pods.map(({ pod }) => referenceTo(pod))],
      },
    ],
  };
}

/** Upstream: scoring.go. What an existing Pod *requires* counts 1 (`hardPodAffinityWeight`). */
function affinityScore(incoming: PodInfo, snapshot: Snapshot): ScoreStep | undefined {
  const labels = namespaceLabels(snapshot.objects);
  const { preferredAffinity, preferredAntiAffinity } = incoming;
  const all = preferredAffinity.length + preferredAntiAffinity.length > 0;
  const weights = new TopologyCounts();
  const count = (
    terms: readonly AffinityTerm[],
    about: Pod,
    node: NodeInfo,
    weight: (term: AffinityTerm) => number,
  ) => {
    for (const term of terms) if (termMatches(term, about, labels)) weights.add(node, term.topologyKey, weight(term));
  };
  for (const node of all ? snapshot.nodes : snapshot.nodesWithAffinity) {
    if (!node.node) continue;
    for (const existing of all ? node.pods : node.podsWithAffinity) {
      count(preferredAffinity, existing.pod, node, (term) => term.weight);
      count(preferredAntiAffinity, existing.pod, node, (term) => -term.weight);
      count(existing.requiredAffinity, incoming.pod, node, () => 1);
      count(existing.preferredAffinity, incoming.pod, node, (term) => term.weight);
      count(existing.preferredAntiAffinity, incoming.pod, node, (term) => -term.weight);
    }
  }
  if (weights.isEmpty) return undefined;
  return {
    score: (node) => weights.sumAt(node),
    normalize(scores) {
      const lowest = Math.min(...scores);
      const range = Math.max(...scores) - lowest;
      for (let i = 0; i < scores.length; i++) {
        scores[i] = range > 0 ? Math.trunc(maxNodeScore * (((scores[i] ?? 0) - lowest) / range)) : 0;
      }
    },
  };
}

const anyNamespace: NamespaceLabels = () => undefined;

/** Upstream: plugin.go `isSchedulableAfterPodChange` */
const podChange: QueueingHint = (waiting, event) => {
  // Events of Pods carry Pods.
  const [old, now] = [event.old as Pod | undefined, event.new as Pod | undefined];
  if (now?.metadata.uid === waiting.uid) return true;
  if ((old && !old.spec.nodeName) || (now && !now.spec.nodeName)) return false;
  const attracts = (pod: Pod) => matchesAll(waiting.requiredAffinity, pod, anyNamespace);
  const repels = (pod: Pod) => waiting.requiredAntiAffinity.some((term) => termMatches(term, pod, anyNamespace));
  if (old && now) return (!attracts(old) && attracts(now)) || (repels(old) && !repels(now));
  if (now) return attracts(now);
  // The Pod that went may have been in the way, or it may itself have refused the company of this one.
  return (
    !!old &&
    (repels(old) || new PodInfo(old).requiredAntiAffinity.some((term) => termMatches(term, waiting.pod, anyNamespace)))
  );
};

/** Upstream: plugin.go `isSchedulableAfterNodeChange` */
const nodeChange: QueueingHint = (waiting, event) => {
  // Events of nodes carry Nodes.
  const [old, now] = [event.old as Node | undefined, event.new as Node | undefined];
  const { requiredAffinity, requiredAntiAffinity } = waiting;
  const before = ({ topologyKey }: AffinityTerm) => old?.metadata.labels?.[topologyKey];
  const after = ({ topologyKey }: AffinityTerm) => now?.metadata.labels?.[topologyKey];
  if (requiredAffinity.some((term) => after(term) !== undefined && after(term) !== before(term))) return true;
  // A new node has nobody on it who could be in the way.
  if (!old) return requiredAntiAffinity.length > 0 || requiredAffinity.length === 0;
  return requiredAntiAffinity.some((term) => before(term) !== undefined && after(term) !== before(term));
};

/** Company that a Pod wants or refuses, and that others refuse it. */
export const interPodAffinity: Plugin = {
  name,
  weight: 2,
  preFilter: affinityFilter,
  preScore: affinityScore,
  events: [
    { resource: 'Pod', actions: ['Add', 'UpdatePodLabel', 'Delete'], hint: podChange },
    { resource: 'Node', actions: ['Add', 'UpdateNodeLabel'], hint: nodeChange },
  ],
};
