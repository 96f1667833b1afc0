import type { Node } from '../api/generated/core-v1';

/** Region and zone of a node, as one key; nodes without either share one. Upstream: component-helpers/node/topology `GetZoneKey` */
function zoneKey({ metadata: { labels = {} } }: Node): string {
  const zone = labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? '';
  const region = labels['topology.kubernetes.io/region'] ?? labels['failure-domain.beta.kubernetes.io/region'] ?? '';
  return `${region}/${zone}`;
}

/**
 * Nodes by zone. The list takes the first node of each zone, then the second of each, and so on, so that a search
 * that stops early has seen every zone. Zones stand in order of first appearance, nodes in order of arrival.
 * Upstream: pkg/scheduler/backend/cache/node_tree.go
 */
export class NodeTree {
  private readonly zones = new Map<string, string[]>();
  private readonly zoneOf = new Map<string, string>();

  /** Adds a node, or moves it when its zone has changed. */
  put(node: Node): void {
    const { name } = node.metadata;
    const zone = zoneKey(node);
    const before = this.zoneOf.get(name);
    if (before === zone) return;
    if (before !== undefined) this.remove(name);
    this.zoneOf.set(name, zone);
    const names = this.zones.get(zone);
    if (names) names.push(name);
    else this.zones.set(zone, [name]);
  }

  remove(name: string): void {
    const zone = this.zoneOf.get(name);
    if (zone === undefined) return;
    this.zoneOf.delete(name);
    const rest = (this.zones.get(zone) ?? []).filter((one) => one !== name);
    if (rest.length > 0) this.zones.set(zone, rest);
    else this.zones.delete(zone);
  }

  list(): string[] {
    const out: string[] = [];
    const zones = [...this.zones.values()];
    for (let round = 0; out.length < this.zoneOf.size; round++) {
      for (const names of zones) {
        const name = names[round];
        if (name !== undefined) out.push(name);
      }
    }
    return out;
  }
}
