import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerCondition,
  HorizontalPodAutoscalerStatus,
} from '../../api/generated/autoscaling-v2';
import { deepEqual, referenceTo } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { conditionOf } from '../conditions';
import { accepted, Controller, keyOf, splitKey } from '../controller';
import type { QueueTimer } from '../work-queue';
import { metricFailure } from './metrics';
import { type Target, targetOf } from './target';

/** `--horizontal-pod-autoscaler-sync-period`: an object waits so long in the queue, the first time as well. */
const syncPeriod = 15_000;

type Found = Extract<Target, { found: true }>;

/** A status that is being worked on, and the size that the target is to have, if one was found. */
interface Draft {
  conditions: HorizontalPodAutoscalerCondition[];
  desired?: number;
  metrics?: HorizontalPodAutoscalerStatus['currentMetrics'];
}

/**
 * Scales what a HorizontalPodAutoscaler points at. Without a metrics add-on, which is not simulated, it keeps the size between the
 * bounds and says of every metric that it cannot be read, as a real one does.
 * Upstream: pkg/controller/podautoscaler/horizontal.go
 */
export class HorizontalPodAutoscalerController extends Controller {
  readonly watches = ['horizontalpodautoscalers.autoscaling'] as const;
  /** Which Pods each autoscaler has been seen to count: two may not count the same. */
  private readonly selectors = new Map<string, string>();

  constructor(context: ComponentContext<QueueTimer>) {
    super('horizontal-pod-autoscaler', context);
  }

  override start(): void {
    this.selectors.clear();
    super.start();
  }

  observe({ type, object }: WatchEvent): void {
    if (type === 'DELETED') this.selectors.delete(keyOf(object));
    else this.queue.addAfter(keyOf(object), syncPeriod);
  }

  protected enqueueAll(): void {
    for (const one of this.client.list('horizontalpodautoscalers.autoscaling')) {
      this.queue.addAfter(keyOf(one), syncPeriod);
    }
  }

  protected sync(key: string): undefined {
    const [namespace, name] = splitKey(key);
    const autoscaler = this.client.get('horizontalpodautoscalers.autoscaling', namespace, name);
    if (!autoscaler) return;
    this.reconcile(autoscaler, key);
    this.queue.addAfter(key, syncPeriod);
  }

  private reconcile(autoscaler: HorizontalPodAutoscaler, key: string): void {
    const draft: Draft = { conditions: [...(autoscaler.status.conditions ?? [])] };
    const target = targetOf(this.client, autoscaler);
    if (!target.found) {
      this.say(autoscaler, 'Warning', 'FailedGetScale', target.error);
      const text = `the HPA controller was unable to get the target's current scale: ${target.error}`;
      this.set(draft, 'AbleToScale', 'False', 'FailedGetScale', text);
      this.write(autoscaler, { ...autoscaler.status, conditions: draft.conditions });
      return;
    }
    this.set(
      draft,
      'AbleToScale',
      'True',
      'SucceededGetScale',
      "the HPA controller was able to get the target's current scale",
    );
    const { minReplicas = 1, maxReplicas } = autoscaler.spec;
    const current = target.replicas;
    if (current === 0) {
      const text = 'scaling is disabled since the replica count of the target is zero';
      this.set(draft, 'ScalingActive', 'False', 'ScalingDisabled', text);
      this.write(autoscaler, statusOf(autoscaler, current, 0, draft));
    } else if (current > maxReplicas) {
      this.rescale(autoscaler, target, draft, maxReplicas, 'Current number of replicas above Spec.MaxReplicas');
    } else if (current < minReplicas) {
      this.rescale(autoscaler, target, draft, minReplicas, 'Current number of replicas below Spec.MinReplicas');
    } else {
      const error = this.readMetrics(autoscaler, target, draft, key);
      this.write(autoscaler, statusOf(autoscaler, current, autoscaler.status.desiredReplicas, draft));
      this.say(autoscaler, 'Warning', 'FailedComputeMetricsReplicas', error);
    }
  }

  private rescale(autoscaler: HorizontalPodAutoscaler, target: Found, draft: Draft, size: number, why: string): void {
    const { plural, group, scale, replicas } = target;
    const answer = this.client.updateScale({ plural, group }, { ...scale, spec: { replicas: size } });
    if (!answer.ok) {
      const error = answer.status.message ?? '';
      this.say(autoscaler, 'Warning', 'FailedRescale', `New size: ${size}; reason: ${why}; error: ${error}`);
      const text = `the HPA controller was unable to update the target scale: ${error}`;
      this.set(draft, 'AbleToScale', 'False', 'FailedUpdateScale', text);
      this.write(autoscaler, statusOf(autoscaler, replicas, autoscaler.status.desiredReplicas, draft));
      return;
    }
    const text = `the HPA controller was able to update the target scale to ${size}`;
    this.set(draft, 'AbleToScale', 'True', 'SucceededRescale', text);
    this.say(autoscaler, 'Normal', 'SuccessfulRescale', `New size: ${size}; reason: ${why}`);
    this.context.decisions.record({
      component: this.name,
      subject: referenceTo(autoscaler),
      verdict: `the target gets ${size} replicas`,
      because: [{ text: why }],
    });
    const status = statusOf(autoscaler, replicas, size, draft);
    this.write(autoscaler, { ...status, lastScaleTime: this.context.timestamp() });
  }

  /** Tries every metric; none can be read. Returns the sum of the failures: `computeReplicasForMetrics`. */
  private readMetrics(autoscaler: HorizontalPodAutoscaler, target: Found, draft: Draft, key: string): string {
    const ambiguous = this.otherCounters(autoscaler, target.selector, key);
    if (ambiguous !== undefined) {
      this.say(autoscaler, 'Warning', 'AmbiguousSelector', ambiguous);
      this.set(draft, 'ScalingActive', 'False', 'AmbiguousSelector', ambiguous);
      return ambiguous;
    }
    const metrics = autoscaler.spec.metrics ?? [];
    const failures = metrics.map((metric) => metricFailure(metric, autoscaler.metadata.namespace ?? ''));
    for (const { reason, message } of failures) this.say(autoscaler, 'Warning', reason, message);
    const [first] = failures;
    draft.metrics = metrics.map(() => ({ type: '' }));
    const message = `the HPA was unable to compute the replica count: ${first?.message ?? ''}`;
    this.set(draft, 'ScalingActive', 'False', first?.reason ?? '', message);
    const count = failures.length;
    const what = `failed to get ${first?.what ?? ''} value: ${first?.message ?? ''}`;
    return `invalid metrics (${count} invalid out of ${count}), first error is: ${what}`;
  }

  /** Two autoscalers over the same Pods: `validateAndParseSelector`. */
  private otherCounters({ metadata }: HorizontalPodAutoscaler, selector: string, key: string): string | undefined {
    this.selectors.set(key, selector);
    const same = [...this.selectors].filter(
      ([other, text]) => text === selector && splitKey(other)[0] === metadata.namespace,
    );
    return same.length > 1
      ? `pods by selector ${selector} are controlled by multiple HPAs: [${same.map(([other]) => other).join(' ')}]`
      : undefined;
  }

  private say(about: HorizontalPodAutoscaler, type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.recorder.event(referenceTo(about), type, reason, message);
  }

  /** A condition keeps its place in the list: `setConditionInList`. */
  private set(draft: Draft, type: string, status: string, reason: string, message: string): void {
    const before = conditionOf(draft.conditions, type);
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : this.context.timestamp();
    const next = { type, status, ...(lastTransitionTime === undefined ? {} : { lastTransitionTime }), reason, message };
    draft.conditions = before
      ? draft.conditions.map((one) => (one === before ? next : one))
      : [...draft.conditions, next];
  }

  private write(autoscaler: HorizontalPodAutoscaler, status: HorizontalPodAutoscalerStatus): void {
    if (deepEqual(status, autoscaler.status)) return;
    accepted(this.client.updateStatus('horizontalpodautoscalers.autoscaling', { ...autoscaler, status }));
  }
}

function statusOf(
  { status }: HorizontalPodAutoscaler,
  current: number,
  desired: number,
  draft: Draft,
): HorizontalPodAutoscalerStatus {
  return {
    ...(status.lastScaleTime === undefined ? {} : { lastScaleTime: status.lastScaleTime }),
    ...(current === 0 ? {} : { currentReplicas: current }),
    desiredReplicas: desired,
    currentMetrics: draft.metrics ?? null,
    conditions: draft.conditions,
  };
}
