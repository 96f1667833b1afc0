import type { Container, ContainerStatus, Pod, PodCondition } from '../api/generated/core-v1';
import { isSidecar } from './pod-text';

type Draft = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

function is(type: string, status: boolean, reason?: string, message?: string): Draft {
  return { type, status: status ? 'True' : 'False', reason, message };
}

/**
 * The conditions the kubelet keeps, in its own order. Upstream: pkg/kubelet/status/generate.go, and
 * pkg/kubelet/kubelet_pods.go `generateAPIPodStatus`.
 */
export function kubeletConditions(
  pod: Pod,
  phase: string,
  initStatuses: readonly ContainerStatus[],
  statuses: readonly ContainerStatus[],
  sandboxReady: boolean,
  staysInitialized: boolean,
): Draft[] {
  const containersReady = containersReadyCondition(pod, phase, initStatuses, statuses);
  return [
    is('PodReadyToStartContainers', sandboxReady),
    initializedCondition(pod, phase, initStatuses, statuses, staysInitialized),
    readyCondition(pod, containersReady),
    containersReady,
    is('PodScheduled', true),
  ];
}

function containersReadyCondition(
  pod: Pod,
  phase: string,
  initStatuses: readonly ContainerStatus[],
  statuses: readonly ContainerStatus[],
): Draft {
  if (phase === 'Succeeded') return is('ContainersReady', false, 'PodCompleted');
  if (phase === 'Failed') return is('ContainersReady', false, 'PodFailed');
  const unknown: string[] = [];
  const unready: string[] = [];
  const look = ({ name }: Container) => {
    const isIt = (one: ContainerStatus) => one.name === name;
    const status = initStatuses.find(isIt) ?? statuses.find(isIt);
    if (!status) unknown.push(name);
    else if (!status.ready) unready.push(name);
  };
  pod.spec.initContainers?.filter(isSidecar).forEach(look);
  pod.spec.containers.forEach(look);
  const parts: string[] = [];
  if (unknown.length > 0) parts.push(`containers with unknown status: [${unknown.join(' ')}]`);
  if (unready.length > 0) parts.push(`containers with unready status: [${unready.join(' ')}]`);
  if (parts.length === 0) return is('ContainersReady', true);
  return is('ContainersReady', false, 'ContainersNotReady', parts.join(', '));
}

function readyCondition(pod: Pod, containersReady: Draft): Draft {
  if (containersReady.status !== 'True') return { ...containersReady, type: 'Ready' };
  const missing: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const found = pod.status.conditions?.find((one) => one.type === conditionType);
    if (!found) missing.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (found.status !== 'True') {
      missing.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`);
    }
  }
  return missing.length > 0 ? is('Ready', false, 'ReadinessGatesNotReady', missing.join(', ')) : is('Ready', true);
}

function initializedCondition(
  pod: Pod,
  phase: string,
  statuses: readonly ContainerStatus[],
  regular: readonly ContainerStatus[],
  staysInitialized: boolean,
): Draft {
  const unknown: string[] = [];
  const incomplete: string[] = [];
  for (const container of pod.spec.initContainers ?? []) {
    const status = statuses.find((one) => one.name === container.name);
    if (!status) unknown.push(container.name);
    else if (isSidecar(container) ? !status.started : !status.ready) incomplete.push(container.name);
  }
  if (phase === 'Succeeded' && unknown.length === 0) return is('Initialized', true, 'PodCompleted');
  // A Pod of which a regular container has run is initialized, whatever its sidecars do.
  if (regular.some(({ state }) => state?.running ?? state?.terminated)) return is('Initialized', true);
  const parts: string[] = [];
  if (unknown.length > 0) parts.push(`containers with unknown status: [${unknown.join(' ')}]`);
  if (incomplete.length > 0) parts.push(`containers with incomplete status: [${incomplete.join(' ')}]`);
  // Once it is so, it stays so, whatever begins anew.
  const wasSo =
    staysInitialized && pod.status.conditions?.some(({ type, status }) => type === 'Initialized' && status === 'True');
  if (parts.length === 0 || wasSo) return is('Initialized', true);
  return is('Initialized', false, 'ContainersNotInitialized', parts.join(', '));
}
