import type { Pod } from '../../api/generated/core-v1';
import { controllerOf, type OwnerReference } from '../../api/object';
import { resourceOf } from '../../api/registry';
import type { Client } from '../../apiserver/client';
import { SyncFailed } from '../controller';

/** How many Pods the owners of some want, and whether some have none. */
export interface ExpectedScale {
  readonly expected: number;
  readonly unmanaged: boolean;
}

/**
 * How many Pods the owners of these want: what percentages of a budget are taken of. An owner that has no scale makes the
 * sync fail. Upstream: pkg/controller/disruption/disruption.go `getExpectedScale`
 */
export function expectedScale(client: Client, pods: readonly Pod[]): ExpectedScale {
  const sizes = new Map<string, number>();
  let unmanaged = false;
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (!owner) unmanaged = true;
    if (!owner || sizes.has(owner.uid)) continue;
    const found = scaleOf(client, pod.metadata.namespace, owner);
    if (!found) throw new SyncFailed(`found no controllers for pod "${pod.metadata.name}"`);
    sizes.set(found.uid, found.size);
  }
  return { expected: [...sizes.values()].reduce((sum, size) => sum + size, 0), unmanaged };
}

/** The owner whose size counts: of a Deployment's ReplicaSet, the Deployment. */
function scaleOf(client: Client, namespace: string | undefined, owner: OwnerReference) {
  switch (owner.kind) {
    case 'ReplicaSet': {
      const set = client.get('replicasets.apps', namespace, owner.name);
      if (set?.metadata.uid !== owner.uid) return undefined;
      const above = controllerOf(set);
      const deployment =
        above?.kind === 'Deployment' ? client.get('deployments.apps', namespace, above.name) : undefined;
      const counted = deployment && deployment.metadata.uid === above?.uid ? deployment : set;
      return { uid: counted.metadata.uid, size: counted.spec.replicas ?? 1 };
    }
    case 'StatefulSet': {
      const set = client.get('statefulsets.apps', namespace, owner.name);
      return set?.metadata.uid === owner.uid ? { uid: owner.uid, size: set.spec.replicas ?? 1 } : undefined;
    }
    case 'ReplicationController': {
      const controller = client.get('replicationcontrollers', namespace, owner.name);
      return controller?.metadata.uid === owner.uid
        ? { uid: owner.uid, size: controller.spec?.replicas ?? 1 }
        : undefined;
    }
    default: {
      const info = resourceOf(owner);
      if (info) throw new SyncFailed(`${info.name} does not implement the scale subresource`);
      return undefined;
    }
  }
}
