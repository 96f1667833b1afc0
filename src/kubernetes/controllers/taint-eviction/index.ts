import type { Pod, Taint } from '../../api/generated/core-v1';
import { referenceTo } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { Millis } from '../../clock/clock';
import type { ComponentContext } from '../../component';
import { tolerates } from '../../placement/tolerations';
import { withCondition } from '../conditions';
import { Controller, keyOf, splitKey } from '../controller';
import type { QueueTimer } from '../work-queue';

/** Keys of Pods whose eviction was announced. No namespace has such a name. */
const evictPrefix = 'evict:';
/** From the decision to the request. */
const requestTime: Millis = 5;

/** When a Pod must go, and since when that is known. */
interface Sentence {
  readonly at: Millis;
  readonly since: Millis;
}

/**
 * Deletes Pods from nodes with a NoExecute taint that they do not tolerate (any longer).
 * Upstream: pkg/controller/tainteviction/taint_eviction.go
 */
export class TaintEvictionController extends Controller {
  readonly watches = ['nodes', 'pods'] as const;
  private readonly sentences = new Map<string, Sentence>();

  constructor(context: ComponentContext<QueueTimer>) {
    super('taint-eviction-controller', context);
  }

  observe({ resource, object, previous, type }: WatchEvent): void {
    if (type === 'DELETED') this.sentences.delete(keyOf(object));
    else if (resource === 'pods') {
      // Only a Pod that is somewhere else, or that tolerates something else: `PodUpdated`.
      if (previous?.spec !== object.spec) this.enqueue(object);
    } else {
      for (const pod of this.client.list('pods')) if (pod.spec.nodeName === object.metadata.name) this.enqueue(pod);
    }
  }

  protected enqueueAll(): void {
    this.sentences.clear();
    for (const pod of this.client.list('pods')) this.enqueue(pod);
  }

  protected sync(key: string): undefined {
    if (key.startsWith(evictPrefix)) {
      this.evict(key.slice(evictPrefix.length));
      return;
    }
    const [namespace, name] = splitKey(key);
    const pod = this.client.get('pods', namespace, name);
    const node = pod && this.client.get('nodes', undefined, pod.spec.nodeName ?? '');
    if (!pod || !node || pod.metadata.deletionTimestamp) return;
    const taints = (node.spec.taints ?? []).filter((taint) => taint.effect === 'NoExecute');
    const patience = taints.length === 0 ? Infinity : patienceOf(pod, taints);
    const known = this.sentences.get(key);
    if (patience === Infinity) {
      if (known) this.cancel(key, pod);
      return;
    }
    const since = known?.since ?? this.now;
    const at = Math.min(known && known.at >= this.now ? known.at : Infinity, since + patience);
    this.sentences.set(key, { at, since });
    if (at > this.now) this.queue.addAfter(key, at - this.now);
    else this.announce(pod, taints);
  }

  /** Says that the Pod must go; the requests to the API server follow a moment later. */
  private announce(pod: Pod, taints: readonly Taint[]): void {
    const { namespace, name } = pod.metadata;
    const reference = referenceTo(pod);
    this.recorder.event(
      reference,
      'Normal',
      'TaintManagerEviction',
      `Marking for deletion Pod ${namespace ?? ''}/${name}`,
    );
    this.context.decisions.record({
      component: this.name,
      subject: reference,
      verdict: 'deleted from its node',
      because: taints.map((taint) => ({
        text: `node ${pod.spec.nodeName ?? ''} has the taint ${taint.key}:NoExecute, which the Pod does not tolerate (any longer)`,
      })),
    });
    this.sentences.delete(keyOf(pod));
    this.queue.addAfter(`${evictPrefix}${keyOf(pod)}`, requestTime);
  }

  private evict(key: string): void {
    const [namespace, name] = splitKey(key);
    const pod = this.client.get('pods', namespace, name);
    if (!pod) return;
    const conditions = withCondition(pod.status.conditions, {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
      lastTransitionTime: this.context.timestamp(),
    });
    this.client.updateStatus('pods', { ...pod, status: { ...pod.status, conditions } });
    this.client.delete('pods', namespace, name);
  }

  private cancel(key: string, pod: Pod): void {
    this.sentences.delete(key);
    const message = `Cancelling deletion of Pod ${key}`;
    this.recorder.event(referenceTo(pod), 'Normal', 'TaintManagerEviction', message);
  }
}

/** Milliseconds a Pod puts up with all these taints; 0 = not at all, Infinity = for ever. */
function patienceOf(pod: Pod, taints: readonly Taint[]): Millis {
  let patience = Infinity;
  for (const taint of taints) {
    const matching = (pod.spec.tolerations ?? []).filter((toleration) => tolerates(toleration, taint));
    if (matching.length === 0) return 0;
    for (const { tolerationSeconds } of matching) {
      if (tolerationSeconds !== undefined) patience = Math.min(patience, Math.max(0, tolerationSeconds) * 1000);
    }
  }
  return patience;
}
