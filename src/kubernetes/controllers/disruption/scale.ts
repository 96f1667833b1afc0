import type { Pod } from '../../api/generated/core-v1';
import { controllerOf } from '../../api/object';
import type { Client } from '../../apiserver/client';

/** How many Pods the owners of these want: what percentages of a budget are taken of. `getExpectedScale` */
export function expectedScale(client: Client, pods: readonly Pod[]): number {
  const sizes = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (!owner) continue;
    const { namespace } = pod.metadata;
    if (owner.kind === 'ReplicaSet') {
      const set = client.get('replicasets.apps', namespace, owner.name);
      const above = set && controllerOf(set);
      const deployment =
        above?.kind === 'Deployment' ? client.get('deployments.apps', namespace, above.name) : undefined;
      if (deployment) sizes.set(deployment.metadata.uid, deployment.spec.replicas ?? 1);
      else if (set) sizes.set(set.metadata.uid, set.spec.replicas ?? 1);
    } else if (owner.kind === 'StatefulSet') {
      const set = client.get('statefulsets.apps', namespace, owner.name);
      if (set) sizes.set(set.metadata.uid, set.spec.replicas ?? 1);
    } else if (owner.kind === 'ReplicationController') {
      const controller = client.get('replicationcontrollers', namespace, owner.name);
      if (controller) sizes.set(controller.metadata.uid, controller.spec?.replicas ?? 1);
    }
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
