import type { Pod } from '../../../api/generated/core-v1';
import { type AffinityTerm, termMatches } from '../../framework/affinity-term';
import type { NodeInfo } from '../../framework/node-info';
import { maxNodeScore, type ScoreStep } from '../../framework/plugin';
import type { PodInfo } from '../../framework/pod-info';
import type { Snapshot } from '../../framework/snapshot';
import { namespaceLabels } from './filter';
import { TopologyCounts } from './topology-counts';

/**
 * Weighs preferences: the Pod's own about others, and others' about it. What an existing Pod *requires* counts 1
 * (`hardPodAffinityWeight`).
 * Upstream: pkg/scheduler/framework/plugins/interpodaffinity/scoring.go
 */
export function affinityScore(incoming: PodInfo, snapshot: Snapshot): ScoreStep | undefined {
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
