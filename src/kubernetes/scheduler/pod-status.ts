import type { Pod, PodCondition } from '../api/generated/core-v1';
import type { Client } from '../apiserver/client';

/** A change of a Pod's status as the scheduler writes it. */
export interface StatusChange {
  readonly condition?: Omit<PodCondition, 'lastTransitionTime'>;
  /** Empty text = take the nomination back; absent = leave it. */
  readonly nominatedNodeName?: string;
}

/**
 * Writes a condition and the nomination, if anything about them is new. The time of a condition moves only when its
 * status does.
 * Upstream: pkg/scheduler/schedule_one.go `updatePod`, pkg/api/v1/pod/util.go `UpdatePodCondition`
 */
export function writeStatus(client: Client, pod: Pod, timestamp: string, change: StatusChange): void {
  const { namespace, name, uid } = pod.metadata;
  const current = client.get('pods', namespace, name);
  if (!current || current.metadata.uid !== uid) return;
  const body: { conditions?: PodCondition[]; nominatedNodeName?: string | null } = {};
  const { condition, nominatedNodeName } = change;
  const conditions = current.status.conditions ?? [];
  if (condition) {
    const old = conditions.find((one) => one.type === condition.type);
    const same = old && old.status === condition.status;
    if (!same || old.reason !== condition.reason || old.message !== condition.message) {
      const generation = current.metadata.generation;
      const next: PodCondition = {
        type: condition.type,
        ...(generation === undefined ? {} : { observedGeneration: generation }),
        status: condition.status,
        lastTransitionTime: (same ? old.lastTransitionTime : undefined) ?? timestamp,
        reason: condition.reason,
        message: condition.message,
      };
      body.conditions = old ? conditions.map((one) => (one === old ? next : one)) : [...conditions, next];
    }
  }
  if (nominatedNodeName !== undefined && nominatedNodeName !== (current.status.nominatedNodeName ?? '')) {
    body.nominatedNodeName = nominatedNodeName === '' ? null : nominatedNodeName;
  }
  if (Object.keys(body).length === 0) return;
  client.patch('pods', namespace, name, { status: body }, { subresource: 'status' });
}
