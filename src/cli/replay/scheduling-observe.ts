import type { Event, Pod } from '@/kubernetes/api/generated/core-v1';
import type { Status } from '@/kubernetes/apiserver/status';
import type { Cluster } from '@/kubernetes/cluster';
import type { AttemptData, SchedulerDecisionData } from '@/kubernetes/scheduler/decision-data';
import type { Attempt, PodResult, QueueMove, SchedulingResult, SeenEvent } from './scheduling-case';

/** What the API says about a Pod after it was looked at. */
export function podResult(pod: Pod): PodResult {
  if (pod.spec.nodeName) return { node: pod.spec.nodeName };
  const condition = pod.status.conditions?.find((one) => one.type === 'PodScheduled');
  return { reason: condition?.reason, message: condition?.message };
}

/** Everything a recording of a single Pod may hold, in its shape. */
export function singleResult(cluster: Cluster, name: string): SchedulingResult {
  const pod = cluster.store.get('pods', 'default', name);
  if (!pod) return {};
  const base = podResult(pod);
  const scores = lastAttempt(cluster, name)?.scores ?? {};
  const event = eventText(cluster, name);
  const victims = victimsOf(cluster, pod);
  const { nominatedNodeName } = pod.status;
  return {
    ...base,
    ...(base.node === undefined ? {} : { nodes: [base.node] }),
    ...(Object.keys(scores).length > 0 ? { scores } : {}),
    ...(event === undefined || event === base.message || base.node !== undefined ? {} : { event }),
    ...(nominatedNodeName ? { nominatedNodeName } : {}),
    ...(Object.keys(victims).length > 0 ? { victims } : {}),
  };
}

export function refusedResult(code: number, { message = '' }: Status): SchedulingResult {
  return { code, error: message };
}

/** The text of the scheduler's last event about a Pod. */
export function eventText(cluster: Cluster, pod: string): string | undefined {
  const own = cluster.store
    .list('events')
    .filter((event) => event.involvedObject.name === pod && event.reason !== 'Preempted');
  return own.at(-1)?.message;
}

function attempts(cluster: Cluster) {
  return cluster.decisions.flatMap(({ at, subject, data }) => {
    const made = schedulerData(data);
    return made?.kind === 'attempt' ? [{ at, pod: subject.name, data: made }] : [];
  });
}

/** Nothing but the scheduler makes decisions here. */
function schedulerData(data: unknown): SchedulerDecisionData | undefined {
  return data as SchedulerDecisionData | undefined;
}

function lastAttempt(cluster: Cluster, pod: string): AttemptData | undefined {
  return attempts(cluster)
    .filter((one) => one.pod === pod)
    .at(-1)?.data;
}

function victimsOf(cluster: Cluster, preemptor: Pod): NonNullable<SchedulingResult['victims']> {
  const events = cluster.store.list('events').filter((event) => event.reason === 'Preempted');
  return Object.fromEntries(
    events.map((event) => {
      const name = event.involvedObject.name ?? '';
      const victim = cluster.store.get('pods', event.involvedObject.namespace, name);
      const condition = victim?.status.conditions?.find((one) => one.type === 'DisruptionTarget');
      const text = (event.message ?? '').replaceAll(preemptor.metadata.uid, '<uid>');
      return [name, { condition: `${condition?.reason ?? ''}: ${condition?.message ?? ''}`, event: text }];
    }),
  );
}

/** Seconds after the Pod's creation; what came before counts as then, as in the recordings. */
function seconds(at: number, origin: number): number {
  return Math.max(0, (at - origin) / 1000);
}

export function attemptList(cluster: Cluster, origin: number): Attempt[] {
  return attempts(cluster).map(({ at, pod, data }) => ({
    t: seconds(at, origin),
    pod,
    ...(data.node === undefined ? { message: data.message ?? '' } : { node: data.node }),
  }));
}

export function queueMoves(cluster: Cluster, origin: number): QueueMove[] {
  return cluster.decisions.flatMap(({ at, subject, data }) => {
    const move = schedulerData(data);
    return move?.kind === 'queue-move'
      ? [{ t: seconds(at, origin), pod: subject.name, event: move.event, queue: move.queue }]
      : [];
  });
}

/** Writes down every event object the scheduler makes or changes, from now on. */
export function watchEvents(cluster: Cluster, origin: () => number): SeenEvent[] {
  const seen: SeenEvent[] = [];
  cluster.store.watch(({ type, resource, object }) => {
    if (resource !== 'events') return;
    // The store keeps Events under `events`.
    const event = object as Event;
    if (event.reason === 'Preempted') return;
    const count = event.series?.count;
    seen.push({
      t: seconds(cluster.clock.now, origin()),
      type,
      pod: event.involvedObject.name ?? '',
      reason: event.reason ?? '',
      note: event.message ?? '',
      ...(count === undefined ? {} : { series_count: count }),
    });
  });
  return seen;
}
