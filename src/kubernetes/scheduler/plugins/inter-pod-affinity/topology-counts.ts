import type { NodeInfo } from '../../framework/node-info';

/**
 * Numbers by topology key and value: how many matching Pods are where `zone=a`.
 * Upstream: pkg/scheduler/framework/plugins/interpodaffinity/filtering.go `topologyToMatchedTermCount`
 */
export class TopologyCounts {
  private readonly byKey = new Map<string, Map<string, number>>();

  /** Whether nothing was ever added. */
  get isEmpty(): boolean {
    return this.byKey.size === 0;
  }

  /** Whether nothing is left: what was added may have been taken away again. */
  get isZero(): boolean {
    for (const values of this.byKey.values()) for (const count of values.values()) if (count !== 0) return false;
    return true;
  }

  /** Adds `by` to the domain of `node`; a node without the label belongs to none. */
  add(node: NodeInfo, key: string, by: number): void {
    const value = node.labels[key];
    if (value === undefined) return;
    const values = this.byKey.get(key) ?? new Map<string, number>();
    values.set(value, (values.get(value) ?? 0) + by);
    this.byKey.set(key, values);
  }

  at(node: NodeInfo, key: string): number {
    const value = node.labels[key];
    return value === undefined ? 0 : (this.byKey.get(key)?.get(value) ?? 0);
  }

  anyAt(node: NodeInfo): boolean {
    for (const key of this.byKey.keys()) if (this.at(node, key) > 0) return true;
    return false;
  }

  sumAt(node: NodeInfo): number {
    let sum = 0;
    for (const key of this.byKey.keys()) sum += this.at(node, key);
    return sum;
  }
}
