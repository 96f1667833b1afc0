import type { Fact } from '../../../component';
import type { Pod } from '../../../api/generated/core-v1';
import { referenceTo } from '../../../api/object';
import { type AffinityTerm, type NamespaceLabels, termMatches } from '../../framework/affinity-term';
import type { NodeInfo } from '../../framework/node-info';
import type { FilterStep, Refusal } from '../../framework/plugin';
import type { PodInfo } from '../../framework/pod-info';
import type { ObjectReader, Snapshot } from '../../framework/snapshot';
import { TopologyCounts } from './topology-counts';

// pkg/scheduler/framework/plugins/interpodaffinity/filtering.go
const name = 'InterPodAffinity';
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

export function namespaceLabels(objects: ObjectReader): NamespaceLabels {
  return (namespace) => objects.get('namespaces', undefined, namespace)?.metadata.labels;
}

/** Whether one Pod is meant by every term; no terms mean nobody. */
export function matchesAll(terms: readonly AffinityTerm[], pod: Pod, labels: NamespaceLabels): boolean {
  return terms.length > 0 && terms.every((term) => termMatches(term, pod, labels));
}

/** Company that is required, company that is refused, and Pods that refuse this one's company. */
export function affinityFilter(incoming: PodInfo, snapshot: Snapshot): FilterStep | undefined {
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
    because(node) {
      if (requiredAffinity.length > 0 && !hasCompany(node)) {
        return requiredAffinity
          .filter((term) => wanted.at(node, term.topologyKey) <= 0)
          .map((term) => lonely(term, node));
      }
      return inTheWay(incoming, node, snapshot, labels);
    },
  };
}

function domainText(node: NodeInfo, key: string): string {
  return `${key}=${node.labels[key] ?? ''}`;
}

function lonely({ topologyKey }: AffinityTerm, node: NodeInfo): Fact {
  const about = node.node ? [referenceTo(node.node)] : [];
  if (node.labels[topologyKey] === undefined) return { text: `${node.name} has no label ${topologyKey}`, about };
  return { text: `no Pod that the required affinity asks for runs where ${domainText(node, topologyKey)}`, about };
}

/** The Pods in the node's own domains that keep the Pod away, whichever of the two it is that refuses. */
function inTheWay(incoming: PodInfo, node: NodeInfo, snapshot: Snapshot, labels: NamespaceLabels): Fact[] {
  const facts: Fact[] = [];
  for (const other of snapshot.nodes) {
    const together = ({ topologyKey }: AffinityTerm) =>
      node.labels[topologyKey] !== undefined && node.labels[topologyKey] === other.labels[topologyKey];
    for (const existing of other.pods) {
      const refused = incoming.requiredAntiAffinity.find(
        (term) => together(term) && termMatches(term, existing.pod, labels),
      );
      const refusing = existing.requiredAntiAffinity.find(
        (term) => together(term) && termMatches(term, incoming.pod, labels),
      );
      const about = [referenceTo(existing.pod), referenceTo(incoming.pod)];
      if (refused) {
        const where = domainText(node, refused.topologyKey);
        facts.push({ text: `Pod ${existing.key}, whose company this Pod refuses, runs where ${where}`, about });
      }
      if (refusing) {
        const where = domainText(node, refusing.topologyKey);
        facts.push({ text: `Pod ${existing.key} runs where ${where} and refuses this Pod's company`, about });
      }
    }
  }
  return facts;
}
