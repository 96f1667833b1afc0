import type { ComponentContext } from '../../component';
import type { PodInfo } from '../framework/pod-info';
import { writeStatus } from '../pod-status';
import type { Nominations } from './nominations';
import type { Candidate } from './select-candidate';

/**
 * Carries a preemption out: every victim gets its condition, is deleted, and `preempted` tells of it. Victims that are
 * stopping already are left to it. Pods of lower priority that waited for this node lose their claim to it.
 * Upstream: pkg/scheduler/framework/preemption/executor.go `prepareCandidate`
 */
export function evict(
  { client, timestamp }: Pick<ComponentContext<never>, 'client' | 'timestamp'>,
  nominations: Nominations,
  preemptor: PodInfo,
  { node, pods }: Candidate,
  preempted: (victim: PodInfo, note: string) => void,
): void {
  for (const victim of pods) {
    const { namespace, name, uid, deletionTimestamp } = victim.pod.metadata;
    if (deletionTimestamp) continue;
    const scheduler = preemptor.pod.spec.schedulerName ?? '';
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: `${scheduler}: preempting to accommodate a higher priority pod`,
    };
    writeStatus(client, victim.pod, timestamp(), { condition });
    client.delete('pods', namespace, name, { preconditions: { uid } });
    preempted(victim, `Preempted by pod ${preemptor.uid} on node ${node}`);
  }
  for (const other of nominations.below(node, preemptor)) {
    nominations.remove(other.key);
    writeStatus(client, other.pod, timestamp(), { nominatedNodeName: '' });
  }
}
