import type { Pod } from '../../api/generated/core-v1';
import { referenceTo } from '../../api/object';
import type { Millis } from '../../clock/clock';
import type { ComponentContext } from '../../component';
import { withCondition } from '../conditions';
import { Controller } from '../controller';
import type { QueueTimer } from '../work-queue';

/** pkg/controller/podgc/gc_controller.go `gcCheckPeriod`, `quarantineTime` */
const period: Millis = 20_000;
const quarantine: Millis = 40_000;
const roundKey = 'round';

/** Removes Pods that nobody looks after: their node is gone, or they were deleted before they had one. */
export class PodGarbageCollector extends Controller {
  readonly watches = [] as const;
  /** Since when a node that Pods name is missing. */
  private readonly missing = new Map<string, Millis>();

  constructor(context: ComponentContext<QueueTimer>) {
    super('pod-garbage-collector', context);
  }

  observe(): void {
    // Works in rounds only.
  }

  protected enqueueAll(): void {
    this.missing.clear();
    this.queue.addRound(roundKey, period);
  }

  protected sync(): undefined {
    this.queue.addRound(roundKey, period);
    for (const pod of this.client.list('pods')) {
      const node = pod.spec.nodeName;
      if (!node) {
        if (pod.metadata.deletionTimestamp) this.remove(pod);
        continue;
      }
      if (this.client.get('nodes', undefined, node)) {
        this.missing.delete(node);
        continue;
      }
      const since = this.missing.get(node) ?? this.now;
      this.missing.set(node, since);
      if (this.now - since >= quarantine) this.removeOrphan(pod);
    }
  }

  private removeOrphan(pod: Pod): void {
    const conditions = withCondition(pod.status.conditions, {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByPodGC',
      message: 'PodGC: node no longer exists',
      lastTransitionTime: this.context.timestamp(),
    });
    const finished = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    const status = { ...pod.status, conditions, ...(finished ? {} : { phase: 'Failed' }) };
    this.client.updateStatus('pods', { ...pod, status });
    this.context.decisions.record({
      component: this.name,
      subject: referenceTo(pod),
      verdict: 'removed without waiting for a kubelet',
      because: [{ text: `its node ${pod.spec.nodeName ?? ''} no longer exists` }],
    });
    this.remove(pod);
  }

  private remove({ metadata: { namespace, name } }: Pod): void {
    this.client.delete('pods', namespace, name, { gracePeriodSeconds: 0 });
  }
}
