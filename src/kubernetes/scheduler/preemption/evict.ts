import type { Millis } from '../../clock/clock';
import type { ComponentContext } from '../../component';
import type { PodInfo } from '../framework/pod-info';
import { writeStatus } from '../pod-status';
import type { Nominations } from './nominations';
import type { Candidate } from './select-candidate';

type Context = Pick<ComponentContext<never>, 'client' | 'timestamp'>;

/** Told of a victim and of what its event says. */
export type Preempted = (victim: PodInfo, note: string) => void;

/** Until the API server has answered the writes that evict a Pod: its condition and its deletion. */
export const evictionTime: Millis = 10;

/**
 * Carries a preemption out. Pods of lower priority that waited for this node lose their claim to it, then all victims
 * but the last are evicted at once. Returns the last where others went before: its turn comes when they are done, and
 * what they leave behind may wake the preemptor before there is room enough. Victims that are stopping already are left
 * to it.
 * Upstream: pkg/scheduler/framework/preemption/executor.go `prepareCandidateAsync`
 */
export function evictAll(
  context: Context,
  nominations: Nominations,
  preemptor: PodInfo,
  { node, pods }: Candidate,
  preempted: Preempted,
): PodInfo | undefined {
  for (const other of nominations.below(node, preemptor)) {
    nominations.remove(other.key);
    writeStatus(context.client, other.pod, context.timestamp(), { nominatedNodeName: '' });
  }
  const victims = pods.filter(({ pod }) => pod.metadata.deletionTimestamp === undefined);
  const atOnce = victims.length > 1 ? victims.slice(0, -1) : victims;
  for (const victim of atOnce) evict(context, preemptor, node, victim, preempted);
  return victims.length > 1 ? victims.at(-1) : undefined;
}

/** Gives a victim its condition, deletes it, and says so. Upstream: executor.go `PreemptPod` */
export function evict(
  { client, timestamp }: Context,
  preemptor: PodInfo,
  node: string,
  victim: PodInfo,
  preempted: Preempted,
): void {
  const { namespace, name, uid } = victim.pod.metadata;
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'PreemptionByScheduler',
    message: `${preemptor.pod.spec.schedulerName ?? ''}: preempting to accommodate a higher priority pod`,
  };
  writeStatus(client, victim.pod, timestamp(), { condition });
  const deleted = client.delete('pods', namespace, name, { preconditions: { uid } });
  if (deleted.ok) preempted(victim, `Preempted by pod ${preemptor.uid} on node ${node}`);
}
