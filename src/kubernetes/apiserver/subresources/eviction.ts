import type { Pod } from '../../api/generated/core-v1';
import type { PodDisruptionBudget } from '../../api/generated/policy-v1';
import { matchesLabelSelector } from '../../api/label-selector';
import { isObject } from '../../api/object';
import type { ResourceInfo } from '../../api/registry';
import { answered, type Backend, refused } from '../backend';
import { removeObject } from '../delete';
import type { ApiRequest, ApiResponse } from '../request';
import { notFoundStatus, type Status, tooManyRequests } from '../status';

/**
 * `POST pods/NAME/eviction`: a deletion that disruption budgets may forbid.
 * Upstream: pkg/registry/core/pod/rest/eviction.go
 */
export function evict(request: ApiRequest, info: ResourceInfo, backend: Backend): ApiResponse {
  const { store } = backend;
  const name = request.name ?? '';
  const pod = store.get('pods', request.namespace, name);
  if (!pod) return refused(notFoundStatus('pods', '', name));
  const refusal = isFree(pod) ? undefined : charge(pod, backend, request.dryRun === true);
  if (refusal) return refused(refusal);
  const marked = request.dryRun || isFree(pod) ? pod : store.put('pods', withTarget(pod, backend));
  const options = isObject(request.body) && isObject(request.body.deleteOptions) ? request.body.deleteOptions : {};
  const { gracePeriodSeconds } = options;
  const grace = typeof gracePeriodSeconds === 'number' ? { gracePeriodSeconds } : {};
  removeObject(marked, grace, info, backend, request.dryRun === true);
  return answered(201, { ...pod, apiVersion: 'v1', kind: 'Status', status: 'Success' });
}

/** Budgets do not ask about a Pod that does not run, or is going anyway: `canIgnorePDB`. */
function isFree({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined || ['Pending', 'Succeeded', 'Failed'].includes(status.phase ?? '');
}

/** Takes one disruption from the Pod's budget, or says why it may not. */
function charge(pod: Pod, { store, clock }: Backend, dryRun: boolean): Status | undefined {
  const { namespace, labels, name } = pod.metadata;
  const budgets = store
    .list('poddisruptionbudgets.policy', namespace)
    .filter(({ spec }) => spec?.selector && matchesLabelSelector(spec.selector, labels));
  const [budget] = budgets;
  if (budgets.length > 1) {
    // A bare code and message: the one refusal here that names no reason.
    const message = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 };
  }
  if (!budget || mayGoUnhealthy(pod, budget)) return undefined;
  const { generation = 0, name: budgetName } = budget.metadata;
  const {
    observedGeneration = 0,
    disruptionsAllowed = 0,
    desiredHealthy = 0,
    currentHealthy = 0,
  } = budget.status ?? {};
  const forbidden = "Cannot evict pod as it would violate the pod's disruption budget.";
  if (observedGeneration < generation) {
    const why = `The disruption budget ${budgetName} is still being processed by the server.`;
    return tooManyRequests(forbidden, [{ reason: 'DisruptionBudget', message: why }]);
  }
  if (disruptionsAllowed === 0) {
    const why = `The disruption budget ${budgetName} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
    return tooManyRequests(forbidden, [{ reason: 'DisruptionBudget', message: why }]);
  }
  if (dryRun) return undefined;
  const left = disruptionsAllowed - 1;
  const conditions = (budget.status?.conditions ?? []).map((condition) =>
    left > 0 || condition.type !== 'DisruptionAllowed'
      ? condition
      : { ...condition, status: 'False', reason: 'InsufficientPods', lastTransitionTime: clock.timestamp() },
  );
  const disruptedPods = { ...budget.status?.disruptedPods, [name]: clock.timestamp() };
  const status = { ...budget.status, conditions, disruptedPods, disruptionsAllowed: left };
  store.put('poddisruptionbudgets.policy', { ...budget, status });
  return undefined;
}

/** A Pod that is not ready may go where `unhealthyPodEvictionPolicy` lets it. */
function mayGoUnhealthy(pod: Pod, { spec, status }: PodDisruptionBudget): boolean {
  const ready = pod.status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');
  if (ready) return false;
  if (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return desiredHealthy > 0 && currentHealthy >= desiredHealthy;
}

function withTarget(pod: Pod, { clock }: Backend): Pod {
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
    lastTransitionTime: clock.timestamp(),
  };
  const others = (pod.status.conditions ?? []).filter((one) => one.type !== condition.type);
  return { ...pod, status: { ...pod.status, conditions: [...others, condition] } };
}
