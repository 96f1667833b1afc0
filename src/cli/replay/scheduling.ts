import { isStatus } from '@/kubernetes/apiserver/client';
import type { Outcome, Replayer } from './recording';
import type { PodResult, SchedulingCase, SchedulingResult, SentObject } from './scheduling-case';
import { podCreatedAt, SchedulingCluster } from './scheduling-cluster';
import { compareRequeue, compareSequence, compareSingle } from './scheduling-compare';
import {
  attemptList,
  eventText,
  podResult,
  queueMoves,
  refusedResult,
  singleResult,
  watchEvents,
} from './scheduling-observe';

/** Puts the nodes and Pods of a case into a cluster with nothing but a scheduler, and compares what it does. */
export const replayScheduling: Replayer = (recording) => {
  const wanted = recording as SchedulingCase; // the folder decides the shape
  const stage = new SchedulingCluster(wanted);
  if (wanted.sequence) {
    const sequence = playSequence(stage, wanted.sequence);
    return outcome(wanted, { sequence }, compareSequence(wanted.result, sequence));
  }
  if (wanted.actions) {
    const result = playActions(stage, wanted);
    return outcome(wanted, result, compareRequeue(wanted.result, result));
  }
  stage.prepare();
  const result = wanted.pod ? playOne(stage, wanted.pod) : {};
  return outcome(wanted, result, [...compareSingle(wanted.result, result), ...scheduledEvent(stage, wanted, result)]);
};

function outcome({ id }: SchedulingCase, got: SchedulingResult, differences: readonly string[]): Outcome {
  return { id, equal: differences.length === 0, got, differences };
}

function playOne(stage: SchedulingCluster, pod: SentObject): SchedulingResult {
  const response = stage.make(pod);
  if (isStatus(response.body)) return refusedResult(response.code, response.body);
  stage.settle();
  return singleResult(stage.cluster, pod.metadata.name);
}

/** The event of a success says where the Pod went; README.md has its words. */
function scheduledEvent({ cluster }: SchedulingCluster, { pod }: SchedulingCase, { node }: SchedulingResult): string[] {
  if (!pod || node === undefined) return [];
  const { name } = pod.metadata;
  const wanted = `Successfully assigned default/${name} to ${node}`;
  const got = eventText(cluster, name);
  return got === wanted ? [] : [`event: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`];
}

function playSequence(stage: SchedulingCluster, pods: readonly SentObject[]): PodResult[] {
  stage.prepare();
  return pods.map((pod) => {
    const response = stage.make(pod);
    if (isStatus(response.body)) return { reason: 'refused', message: response.body.message };
    stage.settle();
    const stored = stage.cluster.store.get('pods', 'default', pod.metadata.name);
    return stored ? podResult(stored) : {};
  });
}

function playActions(stage: SchedulingCluster, wanted: SchedulingCase): SchedulingResult {
  const { cluster } = stage;
  const events = watchEvents(cluster, () => podCreatedAt);
  stage.prepare();
  if (wanted.pod) stage.make(wanted.pod);
  for (const action of wanted.actions ?? []) {
    cluster.advanceTo(podCreatedAt + Math.round(action[0] * 1000));
    stage.act(action);
  }
  cluster.advanceTo(podCreatedAt + (wanted.until ?? 0) * 1000);
  const stored = cluster.store.get('pods', 'default', wanted.pod?.metadata.name ?? '');
  const { node, message } = stored ? podResult(stored) : {};
  return {
    attempts: attemptList(cluster, podCreatedAt),
    queue_moves: queueMoves(cluster, podCreatedAt),
    events,
    final: { node: node ?? null, message: message ?? null },
  };
}
