import type { Pod } from '../../api/generated/core-v1';
import type { Condition } from '../../api/generated/meta-v1';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../api/generated/policy-v1';
import { scaledValue } from '../../api/int-or-percent';
import { matchesLabelSelector } from '../../api/label-selector';
import { deepEqual, referenceTo } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import type { ComponentContext } from '../../component';
import { accepted, Controller, splitKey } from '../controller';
import { isPodReady } from '../pod-state';
import type { QueueTimer } from '../work-queue';
import { expectedScale } from './scale';

/** An eviction that was granted counts for so long, until the Pod is seen to go: `DeletionTimeout`. */
const evictionTimeout = 120_000;

/** Keeps the status of PodDisruptionBudgets. Upstream: pkg/controller/disruption/disruption.go */
export class DisruptionController extends Controller {
  readonly watches = ['poddisruptionbudgets.policy', 'pods'] as const;

  constructor(context: ComponentContext<QueueTimer>) {
    // Its events come from `controllermanager`.
    super('disruption-controller', context, undefined, 'controllermanager');
  }

  observe({ resource, object, previous }: WatchEvent): void {
    if (resource === 'poddisruptionbudgets.policy') {
      this.enqueue(object);
      return;
    }
    for (const budget of this.client.list('poddisruptionbudgets.policy', object.metadata.namespace)) {
      const matches = [object, previous].some(
        (pod) => pod && matchesLabelSelector(budget.spec?.selector, pod.metadata.labels),
      );
      if (matches) this.enqueue(budget);
    }
  }

  protected enqueueAll(): void {
    for (const budget of this.client.list('poddisruptionbudgets.policy')) this.enqueue(budget);
  }

  protected sync(key: string): void {
    const [namespace, name] = splitKey(key);
    const budget = this.client.get('poddisruptionbudgets.policy', namespace, name);
    if (!budget) return;
    const pods = this.client
      .list('pods', namespace)
      .filter((pod) => matchesLabelSelector(budget.spec?.selector, pod.metadata.labels));
    if (pods.length === 0) this.recorder.event(referenceTo(budget), 'Normal', 'NoPods', 'No matching pods found');
    const status = this.status(budget, pods, key);
    if (!deepEqual(status, budget.status))
      accepted(this.client.updateStatus('poddisruptionbudgets.policy', { ...budget, status }));
  }

  private status(budget: PodDisruptionBudget, pods: readonly Pod[], key: string): PodDisruptionBudgetStatus {
    const { minAvailable, maxUnavailable } = budget.spec ?? {};
    let expected = pods.length;
    if (maxUnavailable !== undefined || typeof minAvailable === 'string') expected = expectedScale(this.client, pods);
    const desired =
      maxUnavailable === undefined
        ? scaledValue(minAvailable, expected, true)
        : Math.max(0, expected - scaledValue(maxUnavailable, expected, true));
    const disrupted = this.stillDisrupted(budget, pods, key);
    const healthy = pods.filter(
      (pod) =>
        pod.metadata.deletionTimestamp === undefined && isPodReady(pod) && disrupted[pod.metadata.name] === undefined,
    ).length;
    const allowed = expected > 0 ? Math.max(0, healthy - desired) : 0;
    return {
      conditions: this.conditions(budget, allowed),
      currentHealthy: healthy,
      desiredHealthy: desired,
      ...(Object.keys(disrupted).length > 0 ? { disruptedPods: disrupted } : {}),
      disruptionsAllowed: allowed,
      expectedPods: expected,
      observedGeneration: budget.metadata.generation,
    };
  }

  /** Evictions that were granted and have not been seen yet: `buildDisruptedPodMap`. */
  private stillDisrupted(budget: PodDisruptionBudget, pods: readonly Pod[], key: string): Record<string, string> {
    const out: Record<string, string> = {};
    for (const [name, time] of Object.entries(budget.status?.disruptedPods ?? {})) {
      const pod = pods.find((one) => one.metadata.name === name);
      const until = (this.context.parseTime(time) ?? 0) + evictionTimeout;
      if (!pod || pod.metadata.deletionTimestamp || until < this.now) continue;
      out[name] = time;
      this.queue.addAfter(key, until - this.now + 1);
    }
    return out;
  }

  private conditions(budget: PodDisruptionBudget, allowed: number): Condition[] {
    const before = budget.status?.conditions?.find((condition) => condition.type === 'DisruptionAllowed');
    const [status, reason] = allowed > 0 ? ['True', 'SufficientPods'] : ['False', 'InsufficientPods'];
    const lastTransitionTime = before?.status === status ? before?.lastTransitionTime : this.context.timestamp();
    const observed = budget.metadata.generation === undefined ? {} : { observedGeneration: budget.metadata.generation };
    return [
      {
        type: 'DisruptionAllowed',
        status: status ?? '',
        ...observed,
        lastTransitionTime: lastTransitionTime ?? '',
        reason: reason ?? '',
        message: '',
      },
    ];
  }
}
