import type { ReplicaSet, ReplicaSetStatus } from '../../api/generated/apps-v1';
import type { Client, Result } from '../../apiserver/client';

/** The kind of object a controller of replicas looks after, each seen as a ReplicaSet. */
export interface ReplicaSetKind {
  readonly resource: 'replicasets.apps' | 'replicationcontrollers';
  readonly kind: string;
  /** The controller's name, which its events carry. */
  readonly controller: string;
  get(client: Client, namespace: string | undefined, name: string): ReplicaSet | undefined;
  list(client: Client, namespace?: string): ReplicaSet[];
  updateStatus(client: Client, set: ReplicaSet, status: ReplicaSetStatus): Result<unknown>;
}

/** ReplicaSets as they are. */
export const replicaSets: ReplicaSetKind = {
  resource: 'replicasets.apps',
  kind: 'ReplicaSet',
  controller: 'replicaset-controller',
  get: (client, namespace, name) => client.get('replicasets.apps', namespace, name),
  list: (client, namespace) => client.list('replicasets.apps', namespace),
  updateStatus: (client, set, status) => client.updateStatus('replicasets.apps', { ...set, status }),
};
