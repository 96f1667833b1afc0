import type { NodeInfo } from './framework/node-info';

/** A feasible node and the sum of its weighted scores. */
export interface NodeScore {
  readonly node: NodeInfo;
  readonly total: number;
  /** Per plugin, normalised and weighted. */
  readonly byPlugin: Readonly<Record<string, number>>;
}

/**
 * The node that wins: the root of a binary heap built in place over the feasible list. Among equal totals that is
 * not always the first of the list: 462, 462, 468, 468 give the fourth.
 * Upstream: pkg/scheduler/schedule_one.go `newSortedNodeScores`, Go's container/heap `Init`
 */
export function heapRoot<T extends { readonly total: number }>(scores: readonly T[]): T | undefined {
  const heap = [...scores];
  const total = (i: number) => heap[i]?.total ?? -Infinity;
  for (let start = Math.floor(heap.length / 2) - 1; start >= 0; start--) {
    let parent = start;
    for (;;) {
      const left = 2 * parent + 1;
      if (left >= heap.length) break;
      const child = left + 1 < heap.length && total(left + 1) > total(left) ? left + 1 : left;
      const [above, below] = [heap[parent], heap[child]];
      if (!above || !below || below.total <= above.total) break;
      heap[parent] = below;
      heap[child] = above;
      parent = child;
    }
  }
  return heap[0];
}
