import type { NodeInfo } from './framework/node-info';
import type { Plugin } from './framework/plugin';
import type { PodInfo } from './framework/pod-info';
import type { Snapshot } from './framework/snapshot';
import type { NodeScore } from './select-host';

/**
 * Scores the feasible nodes, in their order: each plugin normalised to 0 … 100, times its weight, summed.
 * Upstream: pkg/scheduler/framework/runtime/framework.go `RunScorePlugins`
 */
export function scoreNodes(
  pod: PodInfo,
  snapshot: Snapshot,
  feasible: readonly NodeInfo[],
  plugins: readonly Plugin[],
): NodeScore[] {
  const results = feasible.map((node) => {
    const byPlugin: Record<string, number> = {};
    return { node, total: 0, byPlugin };
  });
  for (const { name, weight = 1, preScore } of plugins) {
    const step = preScore?.(pod, snapshot, feasible);
    if (!step) continue;
    const scores = feasible.map((node) => step.score(node));
    step.normalize?.(scores, feasible);
    let i = 0;
    for (const result of results) {
      const weighted = (scores[i++] ?? 0) * weight;
      result.byPlugin[name] = weighted;
      result.total += weighted;
    }
  }
  return results;
}
