import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { controllerOf, type KubeObject } from '@/kubernetes/api/object';
import { matchesLabelSelector } from '@/kubernetes/api/label-selector';
import type { LabelSelector } from '@/kubernetes/api/generated/meta-v1';
import { findResource } from '@/kubernetes/api/registry';
import type { Invocation } from '../invocation';
import { typedList } from '../resource/typed';

/** Objects of a resource that `owner` controls and its selector matches. */
export function ownedBy(
  invocation: Invocation,
  owner: KubeObject,
  plural: string,
  group: string,
  selector: LabelSelector | undefined,
): KubeObject[] {
  const mapping = findResource(plural, group);
  if (!mapping) return [];
  return invocation
    .list(mapping, { namespace: owner.metadata.namespace })
    .filter(
      (one) => controllerOf(one)?.uid === owner.metadata.uid && matchesLabelSelector(selector, one.metadata.labels),
    );
}

/** `3 Running / 0 Waiting / 0 Succeeded / 0 Failed`. Upstream: describe.go `getPodStatusForController`. */
export function podsStatus(invocation: Invocation, owner: KubeObject, selector: LabelSelector | undefined): string {
  // The resource listed is that of Pods.
  const pods = typedList<Pod>(ownedBy(invocation, owner, 'pods', '', selector));
  const count = (phase: string) => pods.filter((pod) => pod.status.phase === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}
