import type { ReplicaSet } from '../../api/generated/apps-v1';
import type { ReplicationController } from '../../api/generated/core-v1';
import type { ComponentContext } from '../../component';
import { ReplicaSetController } from '../replica-set';
import type { ReplicaSetKind } from '../replica-set/kind';
import type { QueueTimer } from '../work-queue';

/** ReplicationControllers, seen as ReplicaSets of an older form. Upstream: pkg/controller/replication/conversion.go */
export const replicationControllers: ReplicaSetKind = {
  resource: 'replicationcontrollers',
  kind: 'ReplicationController',
  controller: 'replication-controller',
  get(client, namespace, name) {
    const found = client.get('replicationcontrollers', namespace, name);
    return found && asReplicaSet(found);
  },
  list: (client, namespace) => client.list('replicationcontrollers', namespace).map(asReplicaSet),
  updateStatus(client, { metadata }, status) {
    const stored = client.get('replicationcontrollers', metadata.namespace, metadata.name);
    if (!stored) return { ok: true, object: undefined, warnings: [] };
    // The older form does not count the Pods that are going.
    const { terminatingReplicas: _, ...older } = status;
    return client.updateStatus('replicationcontrollers', { ...stored, status: older });
  },
};

/** Keeps as many Pods as a ReplicationController asks for: upstream too, the controller of ReplicaSets does it. */
export class ReplicationManager extends ReplicaSetController {
  constructor(context: ComponentContext<QueueTimer>) {
    super(context, replicationControllers);
  }
}

function asReplicaSet({ spec, status, ...rest }: ReplicationController): ReplicaSet {
  const { selector, ...same } = spec;
  return { ...rest, spec: { ...same, selector: { matchLabels: selector ?? {} } }, status };
}
