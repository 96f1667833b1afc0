import type { Pod } from '../../api/generated/core-v1';
import type { Millis } from '../../clock/clock';
import { PodInfo } from '../framework/pod-info';

/** Names of the places a waiting Pod can be in, as the scheduler's log has them. */
export type QueueName = 'Active' | 'Backoff' | 'Unschedulable';

/**
 * A waiting Pod and its history in the queue.
 * Upstream: pkg/scheduler/framework/types.go `QueuedPodInfo`
 */
export class QueuedPod {
  info: PodInfo;
  /** When it was last put into the queue as new or as refused. Orders Pods of one priority. */
  timestamp: Millis;
  /** Refusals, and failures of other kinds since the last refusal: each has a back-off of its own. */
  refusals = 0;
  errors = 0;
  /** When the back-off ends; worked out when somebody asks. */
  backoffEnd: Millis | undefined;
  /** The plugins that said no the last time. None = something else went wrong. */
  rejectedBy: ReadonlySet<string> = new Set();
  gated = false;

  constructor(
    pod: Pod,
    now: Millis,
    /** Tells apart Pods that came in the same millisecond. */
    readonly order: number,
  ) {
    this.info = new PodInfo(pod);
    this.timestamp = now;
  }

  get key(): string {
    return this.info.key;
  }

  get pod(): Pod {
    return this.info.pod;
  }
}

/**
 * Higher priority first, then who came earlier. Pods of one millisecond, which no real cluster knows, go by namespace and
 * then as they came, so that what happens at once in two namespaces may be told in either order.
 * Upstream: pkg/scheduler/framework/plugins/queuesort/priority_sort.go
 */
export function beforeInQueue(a: QueuedPod, b: QueuedPod): boolean {
  if (a.info.priority !== b.info.priority) return a.info.priority > b.info.priority;
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp;
  const [one, other] = [a.pod.metadata.namespace ?? '', b.pod.metadata.namespace ?? ''];
  return one === other ? a.order < b.order : one < other;
}
