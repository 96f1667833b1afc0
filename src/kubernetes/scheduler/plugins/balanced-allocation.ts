import type { NodeInfo } from '../framework/node-info';
import { maxNodeScore, type Plugin } from '../framework/plugin';

/**
 * How even the use of CPU and memory is: 100 when both are used to the same share. The standard deviation of two
 * shares is half their distance.
 * Upstream: pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go `balancedResourceScorer`
 */
function balance(node: NodeInfo, addedCPU: number, addedMemory: number): number {
  const { allocatable, requested } = node;
  if (allocatable.milliCPU === 0 || allocatable.memory === 0) return maxNodeScore;
  const cpu = Math.min((requested.milliCPU + addedCPU) / allocatable.milliCPU, 1);
  const memory = Math.min((requested.memory + addedMemory) / allocatable.memory, 1);
  return Math.trunc((1 - Math.abs((cpu - memory) / 2)) * maxNodeScore);
}

/** Prefers nodes that the Pod makes more evenly used: 75 when it changes nothing. */
export const balancedAllocation: Plugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  preScore({ request }) {
    if (request.milliCPU === 0 && request.memory === 0) return undefined;
    return {
      score(node) {
        const change = balance(node, request.milliCPU, request.memory) - balance(node, 0, 0);
        return maxNodeScore / 2 + Math.trunc((maxNodeScore / 2 + change) / 2);
      },
    };
  },
};
