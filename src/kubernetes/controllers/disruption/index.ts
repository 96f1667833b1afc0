import type { Pod } from '../../api/generated/core-v1';
import type { Condition } from '../../api/generated/meta-v1';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../api/generated/policy-v1';
import { scaledValue } from '../../api/int-or-percent';
import { matchesLabelSelector } from '../../api/label-selector';
import { deepEqual, type KubeObject, referenceTo } from '../../api/object';
import type { WatchEvent } from '../../apiserver/store';
import { Draws } from '../../clock/random';
import type { ComponentContext } from '../../component';
import { accepted, Controller, splitKey, SyncFailed } from '../controller';
import { isPodReady } from '../pod-state';
import { selectorText } from '../selector-text';
import type { QueueTimer } from '../work-queue';
import { expectedScale } from './scale';

/** An eviction that was granted counts for so long, until the Pod is seen to go: `DeletionTimeout`. */
const evictionTimeout = 120_000;

/** Keeps the status of PodDisruptionBudgets. Upstream: pkg/controller/disruption/disruption.go */
export class DisruptionController extends Controller {
  readonly watches = ['poddisruptionbudgets.policy', 'pods'] as const;
  private readonly draws: Draws;

  constructor(context: ComponentContext<QueueTimer>) {
    // Its events come from `controllermanager`.
    super('disruption-controller', context, undefined, 'controllermanager');
    this.draws = new Draws(context.random);
  }

  observe({ resource, object }: WatchEvent): void {
    if (resource === 'poddisruptionbudgets.policy') {
      this.enqueue(object);
      return;
    }
    const budget = this.budgetOf(object);
    if (budget) this.enqueue(budget);
  }

  /** The one budget of a Pod that is looked at anew. Of several any is taken, and the others go stale: `getPdbForPod`. */
  private budgetOf(pod: KubeObject): PodDisruptionBudget | undefined {
    const { namespace = '', name, labels, uid } = pod.metadata;
    const budgets = this.client
      .list('poddisruptionbudgets.policy', namespace)
      .filter(({ spec }) => spec?.selector && matchesLabelSelector(spec.selector, labels));
    if (budgets.length < 2) return budgets[0];
    const drawn = this.context.world.chance === 'drawn';
    const [chosen] = drawn ? this.draws.next(`budget/${uid}`).shuffled(budgets) : budgets;
    const message = `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  Chose "${chosen?.metadata.name}" arbitrarily.`;
    this.recorder.event(referenceTo(pod), 'Warning', 'MultiplePodDisruptionBudgets', message);
    return chosen;
  }

  protected enqueueAll(): void {
    for (const budget of this.client.list('poddisruptionbudgets.policy')) this.enqueue(budget);
  }

  protected sync(key: string): undefined {
    const [namespace, name] = splitKey(key);
    const budget = this.client.get('poddisruptionbudgets.policy', namespace, name);
    if (!budget) return;
    const pods = this.client
      .list('pods', namespace)
      .filter((pod) => matchesLabelSelector(budget.spec?.selector, pod.metadata.labels));
    if (pods.length === 0) this.recorder.event(referenceTo(budget), 'Normal', 'NoPods', 'No matching pods found');
    const status = this.trySync(budget, pods, key);
    if (!deepEqual(status, budget.status))
      accepted(this.client.updateStatus('poddisruptionbudgets.policy', { ...budget, status }));
  }

  /** The status; where it cannot be worked out, one that lets nobody go: `trySync`, `failSafe`. */
  private trySync(budget: PodDisruptionBudget, pods: readonly Pod[], key: string): PodDisruptionBudgetStatus {
    try {
      return this.status(budget, pods, key);
    } catch (error) {
      if (!(error instanceof SyncFailed)) throw error;
      const { message } = error;
      const text = `Failed to calculate the number of expected pods: ${message}`;
      this.recorder.event(referenceTo(budget), 'Warning', 'CalculateExpectedPodCountFailed', text);
      const { status } = budget;
      const conditions = this.conditions(budget, { status: 'False', reason: 'SyncFailed', message });
      // All of a status but its conditions is written as numbers, also where they are 0.
      const zero = { currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
      return { ...zero, ...status, conditions, disruptionsAllowed: 0 };
    }
  }

  private status(budget: PodDisruptionBudget, pods: readonly Pod[], key: string): PodDisruptionBudgetStatus {
    const { minAvailable, maxUnavailable } = budget.spec ?? {};
    let expected = pods.length;
    if (maxUnavailable !== undefined || typeof minAvailable === 'string') {
      const scale = expectedScale(this.client, pods);
      expected = scale.expected;
      if (scale.unmanaged) this.recorder.event(referenceTo(budget), 'Warning', 'UnmanagedPods', unmanagedText(budget));
    }
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
      conditions: this.conditions(
        budget,
        allowed > 0
          ? { status: 'True', reason: 'SufficientPods', message: '' }
          : { status: 'False', reason: 'InsufficientPods', message: '' },
      ),
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

  private conditions(budget: PodDisruptionBudget, said: Pick<Condition, 'status' | 'reason' | 'message'>): Condition[] {
    const before = budget.status?.conditions?.find((condition) => condition.type === 'DisruptionAllowed');
    const lastTransitionTime = before?.status === said.status ? before?.lastTransitionTime : this.context.timestamp();
    const observed = budget.metadata.generation === undefined ? {} : { observedGeneration: budget.metadata.generation };
    return [
      {
        type: 'DisruptionAllowed',
        ...said,
        ...observed,
        lastTransitionTime: lastTransitionTime ?? '',
      },
    ];
  }
}

function unmanagedText({ spec }: PodDisruptionBudget): string {
  return (
    `Pods selected by this PodDisruptionBudget (selector: ${selectorText(spec?.selector)}) were found to be unmanaged. ` +
    'As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. ' +
    'To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.'
  );
}
