import type { Node, Pod } from '../api/generated/core-v1';
import { type ImageState, NodeInfo } from './framework/node-info';
import { PodInfo, podKey } from './framework/pod-info';
import type { ObjectReader, Snapshot } from './framework/snapshot';
import { NodeTree } from './node-tree';

/**
 * Nodes and the Pods on them, kept up to date write by write: bound Pods, and Pods just placed whose binding has not
 * come back yet. It is its own snapshot, because a cycle here is never interrupted.
 * Upstream: pkg/scheduler/backend/cache/cache.go, snapshot.go
 */
export class Cache implements Snapshot {
  private readonly infos = new Map<string, NodeInfo>();
  private readonly tree = new NodeTree();
  private readonly pods = new Map<string, { info: PodInfo; node: string }>();
  private readonly images = new Map<string, ImageState>();
  private readonly withAffinity = new Set<NodeInfo>();
  private readonly withAntiAffinity = new Set<NodeInfo>();
  private list: readonly NodeInfo[] = [];
  private treeChanged = false;

  constructor(readonly objects: ObjectReader) {}

  get nodes(): readonly NodeInfo[] {
    return this.list;
  }

  get nodesWithAffinity(): Iterable<NodeInfo> {
    return this.withAffinity;
  }

  get nodesWithRequiredAntiAffinity(): Iterable<NodeInfo> {
    return this.withAntiAffinity;
  }

  node(name: string): NodeInfo | undefined {
    const info = this.infos.get(name);
    return info?.node ? info : undefined;
  }

  /**
   * Brings the node list up to date before a cycle. Nodes that went and came back under the same names in between
   * keep their old places, as upstream's snapshot does not notice.
   */
  refresh(): void {
    if (!this.treeChanged) return;
    this.treeChanged = false;
    const names = this.tree.list();
    const before = new Set(this.list.map((info) => info.name));
    if (names.length === before.size && names.every((name) => before.has(name))) {
      this.list = this.list.map((info) => this.infoFor(info.name));
      return;
    }
    this.list = names.map((name) => this.infoFor(name));
  }

  putNode(node: Node): void {
    const info = this.infoFor(node.metadata.name);
    if (info.node) this.forgetImages(info.node);
    this.tree.put(node);
    this.treeChanged = true;
    info.setNode(node);
    info.images = this.rememberImages(node);
  }

  removeNode(name: string): void {
    const info = this.infos.get(name);
    if (!info?.node) return;
    this.forgetImages(info.node);
    this.tree.remove(name);
    this.treeChanged = true;
    info.setNode(undefined);
    if (info.pods.length === 0) this.infos.delete(name);
  }

  /** Whether a Pod of this key is bound, or as good as bound. */
  has(podKey: string): boolean {
    return this.pods.has(podKey);
  }

  /** A bound Pod, new or changed, or one just placed. */
  putPod(pod: Pod, nodeName = pod.spec.nodeName ?? ''): PodInfo {
    const info = new PodInfo(pod, this.pods.get(podKey(pod))?.info);
    this.removePod(info.key);
    const node = this.infoFor(nodeName);
    node.addPod(info);
    this.pods.set(info.key, { info, node: nodeName });
    this.noteAffinity(node);
    return info;
  }

  removePod(key: string): void {
    const known = this.pods.get(key);
    if (!known) return;
    this.pods.delete(key);
    const node = this.infos.get(known.node);
    if (!node) return;
    node.removePod(known.info);
    this.noteAffinity(node);
    if (!node.node && node.pods.length === 0) this.infos.delete(known.node);
  }

  private infoFor(name: string): NodeInfo {
    const known = this.infos.get(name);
    if (known) return known;
    const created = new NodeInfo(name);
    this.infos.set(name, created);
    return created;
  }

  private noteAffinity(node: NodeInfo): void {
    if (node.podsWithAffinity.size > 0) this.withAffinity.add(node);
    else this.withAffinity.delete(node);
    if (node.podsWithRequiredAntiAffinity.size > 0) this.withAntiAffinity.add(node);
    else this.withAntiAffinity.delete(node);
  }

  /** The size that the first node reported is the one that counts. */
  private rememberImages({ metadata, status }: Node): ReadonlyMap<string, ImageState> {
    const found = new Map<string, ImageState>();
    for (const { names, sizeBytes } of status.images ?? []) {
      for (const text of names ?? []) {
        const state = this.images.get(text) ?? { size: sizeBytes ?? 0, nodes: new Set<string>() };
        state.nodes.add(metadata.name);
        this.images.set(text, state);
        found.set(text, state);
      }
    }
    return found;
  }

  private forgetImages({ metadata, status }: Node): void {
    for (const text of (status.images ?? []).flatMap(({ names }) => names ?? [])) {
      const state = this.images.get(text);
      state?.nodes.delete(metadata.name);
      if (state?.nodes.size === 0) this.images.delete(text);
    }
  }
}
