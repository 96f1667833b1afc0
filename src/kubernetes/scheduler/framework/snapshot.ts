import type { ResourceMap, ResourceName } from '../../api/object';
import type { NodeInfo } from './node-info';

/** How plugins look at objects other than Pods and nodes: the listers of upstream's informers. */
export interface ObjectReader {
  get<R extends ResourceName>(resource: R, namespace: string | undefined, name: string): ResourceMap[R] | undefined;
  list<R extends ResourceName>(resource: R, namespace?: string): ResourceMap[R][];
}

/** The cluster as one scheduling cycle sees it. */
export interface Snapshot {
  /** Every node, in the order of the node tree. */
  readonly nodes: readonly NodeInfo[];
  /** Nodes with Pods that have a word about other Pods. */
  readonly nodesWithAffinity: Iterable<NodeInfo>;
  /** Nodes with Pods that refuse other Pods' company. */
  readonly nodesWithRequiredAntiAffinity: Iterable<NodeInfo>;
  readonly objects: ObjectReader;
  node(name: string): NodeInfo | undefined;
}
