import type { DaemonSet } from '../../api/generated/apps-v1';
import type { Pod } from '../../api/generated/core-v1';
import type { Client } from '../../apiserver/client';
import { claim } from '../claim';
import type { Steps } from '../controller';
import { isPodPhaseTerminal } from '../pod-state';
import { targetNode } from './eligible';
import type { PodsByNode } from './update';

/** A DaemonSet's Pods by the node they are on or pinned to; finished Pods that are being deleted no longer count: `getNodesToDaemonPods`. */
export function* podsByNode(client: Client, set: DaemonSet): Steps<PodsByNode> {
  const candidates = client.list('pods', set.metadata.namespace);
  const byNode = new Map<string, Pod[]>();
  for (const pod of yield* claim(client, 'pods', set, set.spec.selector, candidates)) {
    if (isPodPhaseTerminal(pod) && pod.metadata.deletionTimestamp) continue;
    const node = targetNode(pod);
    if (node === undefined) continue;
    const there = byNode.get(node);
    if (there) there.push(pod);
    else byNode.set(node, [pod]);
  }
  return byNode;
}

/** With some Pods more. */
export function withPods(byNode: PodsByNode, more: readonly (readonly [node: string, pod: Pod])[]): PodsByNode {
  const all = new Map(byNode);
  for (const [node, pod] of more) all.set(node, [...(all.get(node) ?? []), pod]);
  return all;
}

/** The oldest first; of the same second, by name. */
export function byAge(a: Pod, b: Pod): number {
  const key = (pod: Pod) => `${pod.metadata.creationTimestamp} ${pod.metadata.name}`;
  return key(a) < key(b) ? -1 : 1;
}
