import type { ContainerStatus, Pod } from '../api/generated/core-v1';
import { isSidecar } from './pod-text';

/** pkg/kubelet/kubelet_pods.go `getPhase`. `terminal`: the Pod is being taken down and nothing starts again. */
export function getPhase(
  pod: Pod,
  initStatuses: readonly ContainerStatus[],
  statuses: readonly ContainerStatus[],
  terminal: boolean,
): string {
  let pendingInit = 0;
  let failedInit = 0;
  const regularInit = (pod.spec.initContainers ?? []).filter((one) => !isSidecar(one));
  for (const container of regularInit) {
    const status = initStatuses.find((one) => one.name === container.name);
    const ended = status?.state?.terminated ?? status?.lastState?.terminated;
    if (status?.state?.running) pendingInit++;
    else if (!ended) pendingInit++;
    else if (ended.exitCode !== 0) failedInit++;
  }
  let [waiting, running, stopped, succeeded, unknown] = [0, 0, 0, 0, 0];
  for (const container of pod.spec.containers) {
    const status = statuses.find((one) => one.name === container.name);
    if (!status?.state) unknown++;
    else if (status.state.running) running++;
    else if (status.state.terminated) {
      stopped++;
      if (status.state.terminated.exitCode === 0) succeeded++;
    } else if (status.lastState?.terminated) stopped++;
    else waiting++;
  }
  const policy = pod.spec.restartPolicy ?? 'Always';
  if (failedInit > 0 && policy === 'Never') return 'Failed';
  if (terminal && running === 0 && stopped > 0) return stopped === succeeded ? 'Succeeded' : 'Failed';
  if (pendingInit > 0 && running + stopped === 0) return 'Pending';
  if (waiting > 0) return 'Pending';
  if (running > 0 && unknown === 0) return 'Running';
  if (running === 0 && stopped > 0 && unknown === 0) {
    if (policy === 'Always') return 'Running';
    if (stopped === succeeded) return 'Succeeded';
    return policy === 'Never' ? 'Failed' : 'Running';
  }
  return 'Pending';
}
