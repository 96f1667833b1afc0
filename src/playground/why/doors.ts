import type { ContainerStatus, Pod } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import type { WhyDoor } from './door';

type Since = (timestamp: string | undefined) => number | undefined;

/** It is in the store, so the API server has taken it. */
export function apiDoor(pod: Pod, since: Since): WhyDoor {
  return { door: 'api', state: 'passed', at: since(pod.metadata.creationTimestamp), text: '', because: [] };
}

/** What the condition PodScheduled says. `because`: what the scheduler looked at when it last refused nodes. */
export function schedulerDoor(pod: Pod, since: Since, because: readonly string[]): WhyDoor {
  const { nodeName } = pod.spec;
  const condition = pod.status.conditions?.find((one) => one.type === 'PodScheduled');
  const at = since(condition?.lastTransitionTime);
  if (nodeName) {
    const { namespace = 'default', name } = pod.metadata;
    // pkg/scheduler/schedule_one.go
    const text = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
    return { door: 'scheduler', state: 'passed', at, text, because: [] };
  }
  if (condition?.status !== 'False') return { door: 'scheduler', state: 'ahead', text: '', because: [] };
  const state = condition.reason === 'SchedulingGated' ? 'waiting' : 'refused';
  return { door: 'scheduler', state, at, text: condition.message ?? '', because };
}

/** The kubelet's own word: a refusal of the whole Pod, or what a container waits for. */
export function kubeletDoor(cluster: Cluster, pod: Pod, since: Since): WhyDoor {
  const door = 'kubelet';
  const { phase, reason, message = '', initContainerStatuses = [], containerStatuses = [] } = pod.status;
  if (!pod.spec.nodeName) return { door, state: 'ahead', text: '', because: [] };
  if (phase === 'Failed' && reason !== undefined && containerStatuses.length === 0) {
    const decision = cluster.decisions.findLast(
      ({ component, subject }) => component.startsWith('kubelet/') && subject.uid === pod.metadata.uid,
    );
    const because = decision?.because.map((fact) => fact.text).filter((text) => text !== message) ?? [];
    const at = since(pod.status.startTime);
    return { door, state: 'refused', at, text: message, because };
  }
  const statuses = [...initContainerStatuses, ...containerStatuses];
  const waiting = statuses.map(({ state }) => state?.waiting).find((one) => one !== undefined && isTrouble(one.reason));
  if (waiting) return { door, state: 'refused', text: said(waiting), because: [] };
  const first = statuses.map(startOf).find((time) => time !== undefined);
  if (first !== undefined) return { door, state: 'passed', at: since(first), text: '', because: [] };
  return {
    door,
    state: statuses.length > 0 ? 'waiting' : 'ahead',
    text: said(statuses[0]?.state?.waiting),
    because: [],
  };
}

/** A container that crashed has passed the kubelet; it was something else that stopped it. */
function isTrouble(reason: string | undefined): boolean {
  return reason !== undefined && !['ContainerCreating', 'PodInitializing', 'CrashLoopBackOff'].includes(reason);
}

function said(waiting: { readonly reason?: string; readonly message?: string } | undefined): string {
  return [waiting?.reason, waiting?.message].filter((part) => part !== undefined).join(': ');
}

function startOf({ state, lastState }: ContainerStatus): string | undefined {
  return state?.running?.startedAt ?? state?.terminated?.startedAt ?? lastState?.terminated?.startedAt;
}
