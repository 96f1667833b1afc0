import type { KubeObject, OwnerReference, ResourceName } from '../../api/object';

const none: readonly OwnerReference[] = [];

/** An object as the collector remembers it. */
export interface GraphNode {
  readonly uid: string;
  readonly resource: ResourceName;
  readonly namespace: string | undefined;
  readonly name: string;
  /** As its metadata has them. */
  readonly references: readonly OwnerReference[];
  readonly owners: readonly string[];
  /** Owners that may not go before this object: `blockOwnerDeletion`. */
  readonly blocks: ReadonlySet<string>;
}

/** Who owns whom, by UID. Rebuilt from the store at every start. Upstream: garbagecollector/graph_builder.go */
export class Graph {
  private readonly nodes = new Map<string, GraphNode>();
  private readonly dependents = new Map<string, Set<string>>();

  get(uid: string): GraphNode | undefined {
    return this.nodes.get(uid);
  }

  all(): GraphNode[] {
    return [...this.nodes.values()];
  }

  put(resource: ResourceName, { metadata }: KubeObject): void {
    const known = this.nodes.get(metadata.uid);
    const references = metadata.ownerReferences ?? none;
    // Most writes leave the owners as they are; the object is only the youngest of their dependents again.
    if (known?.references === references) {
      for (const owner of known.owners) {
        const set = this.dependents.get(owner);
        set?.delete(known.uid);
        set?.add(known.uid);
      }
      return;
    }
    this.remove(metadata.uid);
    const owners = references.map((reference) => reference.uid);
    const blocks = new Set(references.filter((one) => one.blockOwnerDeletion).map((one) => one.uid));
    const { uid, namespace, name } = metadata;
    this.nodes.set(uid, { uid, resource, namespace, name, references, owners, blocks });
    for (const owner of owners) {
      const set = this.dependents.get(owner) ?? new Set();
      set.add(uid);
      this.dependents.set(owner, set);
    }
  }

  remove(uid: string): void {
    for (const owner of this.nodes.get(uid)?.owners ?? []) this.dependents.get(owner)?.delete(uid);
    this.nodes.delete(uid);
  }

  dependentsOf(uid: string): GraphNode[] {
    return [...(this.dependents.get(uid) ?? [])].flatMap((dependent) => this.nodes.get(dependent) ?? []);
  }

  clear(): void {
    this.nodes.clear();
    this.dependents.clear();
  }
}
