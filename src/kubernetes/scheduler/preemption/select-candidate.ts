import type { PodInfo } from '../framework/pod-info';
import { startTime, type Victims } from './victims';

export interface Candidate extends Victims {
  readonly node: string;
}

function highestPriority({ pods }: Candidate): number {
  return Math.max(...pods.map((pod) => pod.priority));
}

/** Priorities are lifted above zero first, so that more Pods weigh more even where all are negative. */
function prioritySum({ pods }: Candidate): number {
  return pods.reduce((sum, pod) => sum + pod.priority + 2 ** 31, 0);
}

/** When the first of the most important victims started. Later is better: less work is lost. */
function earliestStart(candidate: Candidate): string {
  const highest = highestPriority(candidate);
  const starts = candidate.pods.filter((pod: PodInfo) => pod.priority === highest).map(startTime);
  return starts.reduce((least, one) => (one < least ? one : least));
}

/**
 * The node whose victims are the smallest loss. What is still equal at the end is by lot in a real cluster (the order
 * of a Go map): of `candidates` the first of those is taken.
 * Upstream: pkg/scheduler/framework/preemption/preemption.go `pickOneNodeForPreemption`
 */
export function selectCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  const criteria: ((one: Candidate) => number)[] = [
    (one) => one.budgetViolations,
    highestPriority,
    prioritySum,
    (one) => one.pods.length,
  ];
  let left = candidates;
  for (const criterion of criteria) {
    const least = Math.min(...left.map(criterion));
    left = left.filter((one) => criterion(one) === least);
  }
  let best = left[0];
  for (const one of left.slice(1)) if (best && earliestStart(one) > earliestStart(best)) best = one;
  return best;
}
