import type { KubeObject } from './api/object';
import type { WatchEvent } from './apiserver/store';
import type { Component } from './component';

/** A component in a cluster. */
export interface Running {
  readonly component: Component;
  /** Whether it runs on a node, from which the API server may be out of reach. */
  readonly onNode: boolean;
  stopped: boolean;
  /** Writes passed it by while it could not reach the API server. */
  missed?: boolean;
}

/** Who watches one resource, in the order in which they came; those with a field selector see their node's Pods alone. */
export class Watchers {
  private readonly selecting = new Map<string, Running[]>();
  private readonly others: Running[] = [];
  private readonly places = new Map<Running, number>();
  /** Those who say which writes are worth telling them; undefined: somebody wants all of them. */
  private readonly choosy: readonly Component[] | undefined;
  /** Who sees the Pods of a node. Made when asked for. */
  private readonly byNode = new Map<string, readonly Running[]>();

  /** `pods`: whether the objects are Pods, so that field selectors count. */
  constructor(all: readonly Running[], pods: boolean) {
    const components = all.map(({ component }) => component);
    this.choosy = components.every((one) => one.heeds !== undefined) ? components : undefined;
    for (const [place, entry] of all.entries()) {
      this.places.set(entry, place);
      const { podsOf: node } = entry.component;
      if (!pods || node === undefined) this.others.push(entry);
      else this.selecting.set(node, [...(this.selecting.get(node) ?? []), entry]);
    }
  }

  /** Whether anybody wants to be told of a write. */
  heed(event: WatchEvent): boolean {
    if (!this.choosy) return true;
    for (const component of this.choosy) if (component.heeds?.(event) !== false) return true;
    return false;
  }

  /** Who sees a write of `object`. */
  of({ spec }: KubeObject): readonly Running[] {
    if (this.selecting.size === 0) return this.others;
    const node = (spec as { nodeName?: string } | undefined)?.nodeName ?? ''; // only Pods are selected by field
    const known = this.byNode.get(node);
    if (known) return known;
    const place = (entry: Running) => this.places.get(entry) ?? 0;
    const own = this.selecting.get(node);
    const merged = own ? [...this.others, ...own].sort((a, b) => place(a) - place(b)) : this.others;
    this.byNode.set(node, merged);
    return merged;
  }
}
