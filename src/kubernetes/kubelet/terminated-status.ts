import type { Container, ContainerState, ContainerStatus, Pod, PodStatus } from '../api/generated/core-v1';
import { isSidecar } from './pod-text';

/**
 * The last status of a Pod of which nothing runs any more and nothing will: containers that are not known to have ended
 * count as failed, and so does a Pod that has neither failed nor succeeded.
 * Upstream: pkg/kubelet/status/status_manager.go `TerminatePod`.
 */
export function terminatedStatus(pod: Pod, isStatic: boolean): PodStatus {
  const { status } = pod;
  const init = status.initContainerStatuses;
  const isOver = status.phase === 'Failed' || status.phase === 'Succeeded';
  return {
    ...status,
    ...(status.containerStatuses && isInitialized(pod)
      ? { containerStatuses: status.containerStatuses.map(ended) }
      : {}),
    ...(init ? { initContainerStatuses: init.map((one, i) => (i < begun(init) ? ended(one) : one)) } : {}),
    phase: isOver || isStatic ? status.phase : 'Failed',
  };
}

const unknownEnd = {
  exitCode: 137,
  finishedAt: null,
  message: 'The container could not be located when the pod was terminated',
  reason: 'ContainerStatusUnknown',
  startedAt: null,
  // Zero times are written as null, which the generated type does not say.
} as unknown as NonNullable<ContainerState['terminated']>;

function ended(status: ContainerStatus): ContainerStatus {
  return status.state?.terminated ? status : { ...status, state: { terminated: unknownEnd } };
}

/** How many init containers have begun; the first one always counts. */
function begun(statuses: readonly ContainerStatus[]): number {
  const last = statuses.findLastIndex(({ state, lastState }) => !state?.waiting || lastState?.terminated);
  return Math.max(last, 0) + 1;
}

/** `hasPodInitialized`: whether any regular container may have run. */
function isInitialized({ spec, status }: Pod): boolean {
  const init: readonly Container[] = spec.initContainers ?? [];
  if (init.length === 0) return true;
  if (status.containerStatuses?.some(({ state, lastState }) => lastState?.terminated || !state?.waiting)) return true;
  const last = init.at(-1);
  const its = status.initContainerStatuses?.find((one) => one.name === last?.name);
  if (!last || !its) return false;
  if (isSidecar(last)) return its.state?.running !== undefined && its.started === true;
  return its.lastState?.terminated?.exitCode === 0 || its.state?.terminated?.exitCode === 0;
}
