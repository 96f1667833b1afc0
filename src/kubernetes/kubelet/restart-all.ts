// Since 1.36, feature gate RestartAllContainersOnContainerExits
import type { Container, ContainerState, ContainerStatus, Pod, PodCondition, PodSpec } from '../api/generated/core-v1';
import type { Task } from '../clock/task';
import type { ContainerRecord } from '../runtime/records';
import type { KubeletHost } from './host';
import { killContainer } from './kill';
import { matchingRule, newest } from './restart';

/** The condition of a Pod whose containers are all about to begin anew. */
export const allRestarting = 'AllContainersRestarting';
/** Upstream: pkg/kubelet/kubelet_pods.go `RestartingAllContainers` */
export const restartingAll = 'RestartingAllContainers';

const removed = 'The container is removed because RestartAllContainers in place';

/** Whether the end of any container may let all begin anew. Upstream: pkg/api/v1/pod/util.go `AllContainersCouldRestart` */
export function couldRestartAll({ containers, initContainers = [] }: PodSpec): boolean {
  return [...initContainers, ...containers].some(({ restartPolicyRules }) =>
    restartPolicyRules?.some(({ action }) => action === 'RestartAllContainers'),
  );
}

/** pkg/kubelet/container/helpers.go `ShouldAllContainersRestart` */
export function shouldRestartAll({ spec, status }: Pod, containers: readonly ContainerRecord[]): boolean {
  if (status.conditions?.some((one) => one.type === allRestarting && one.status === 'True')) return true;
  const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return [...(spec.initContainers ?? []), ...spec.containers].some((container) => {
    const record = newest(containers, container.name);
    if (record?.state !== 'exited') return false;
    const told = statuses.find(({ name }) => name === container.name)?.state?.terminated?.exitCode;
    return [record.exitCode ?? 0, told].some((code) => code !== undefined && isSource(container, code));
  });
}

function isSource(container: Container, exitCode: number): boolean {
  return matchingRule(container, exitCode)?.action === 'RestartAllContainers';
}

/** pkg/kubelet/status/generate.go `GenerateAllContainersRestartingCondition` */
export function restartingCondition(pod: Pod, phase: string, containers: readonly ContainerRecord[]): PodCondition {
  const no = { type: allRestarting, status: 'False' };
  if (phase === 'Succeeded') return { ...no, reason: 'PodCompleted' };
  if (phase === 'Failed') return { ...no, reason: 'PodFailed' };
  if (containers.length === 0 || !shouldRestartAll(pod, containers)) return no;
  const message = 'container exited with restart policy rule';
  const observedGeneration = pod.metadata.generation;
  return { type: allRestarting, status: 'True', reason: 'RestartAllContainersStarted', message, observedGeneration };
}

/** The status of a container that has been taken away to begin anew. */
export function removedStatus(status: ContainerStatus, before: ContainerStatus): ContainerStatus {
  const terminated = {
    exitCode: 137,
    finishedAt: null,
    message: removed,
    reason: restartingAll,
    startedAt: null,
    // Zero times are written as null, which the generated type does not say.
  } as unknown as NonNullable<ContainerState['terminated']>;
  return {
    ...status,
    lastState: { terminated },
    restartCount: before.restartCount + 1,
    state: { waiting: { message: removed, reason: restartingAll } },
  };
}

/**
 * Ends and removes all containers, those last that brought it about. Upstream:
 * pkg/kubelet/kuberuntime/kuberuntime_manager.go `getContainersToReset`
 */
export function* resetContainers(host: KubeletHost, pod: Pod, containers: readonly ContainerRecord[]): Task<void> {
  const { containers: regular, initContainers = [] } = pod.spec;
  const recordsOf = (list: readonly Container[], source: boolean) =>
    list.flatMap((container) =>
      containers
        .filter(({ name }) => name === container.name)
        .filter(({ state, exitCode }) => (state === 'exited' && isSource(container, exitCode ?? 0)) === source)
        .map((record) => ({ container, record })),
    );
  const order = [false, true].flatMap((source) => [
    ...recordsOf(regular, source),
    ...recordsOf(initContainers, source),
  ]);
  for (const { container, record } of order) {
    yield* killContainer(host, pod, container, record, { message: 'killing', graceSeconds: 0 });
    host.runtime.removeContainer(record.id);
  }
}
