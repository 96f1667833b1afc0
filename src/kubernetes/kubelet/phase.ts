import type { Container, ContainerStateTerminated, ContainerStatus, Pod, PodSpec } from '../api/generated/core-v1';
import { isSidecar } from './pod-text';
import { restartsAfter } from './restart';
import { restartingAll } from './restart-all';

/** What `getPhase` asks besides the Pod and the statuses of its containers. */
export interface PhaseInputs {
  /** The Pod is being taken down and nothing starts again. */
  readonly terminal: boolean;
  /** Whether a regular container has been made in the sandbox that it has now. */
  readonly begun: boolean;
}

/** How far the init containers are. */
interface Beginning {
  /** Of those that end: how many have not. */
  readonly pending: number;
  /** Whether one has failed that is not started again. */
  readonly failed: boolean;
}

/** Sidecars and regular containers, by what they do. */
interface Count {
  /** Sidecars that have not started yet. */
  pendingSidecars: number;
  waiting: number;
  running: number;
  unknown: number;
  stopped: number;
  stoppedForGood: number;
  succeeded: number;
}

/** pkg/kubelet/kubelet_pods.go `getPhase`. */
export function getPhase(
  pod: Pod,
  initStatuses: readonly ContainerStatus[],
  statuses: readonly ContainerStatus[],
  { terminal, begun }: PhaseInputs,
): string {
  const beginning = initialized(pod, initStatuses);
  if (beginning.failed) return 'Failed';
  const count = counted(pod, initStatuses, statuses);
  if (beginning.pending > 0 || (count.pendingSidecars > 0 && !begun) || count.waiting > 0) return 'Pending';
  if (count.unknown > 0) return 'Pending';
  if (count.running > 0) return 'Running';
  if (count.stopped === 0) return 'Pending';
  const outcome = count.stopped === count.succeeded ? 'Succeeded' : 'Failed';
  if (terminal && !isStatic(pod)) return outcome;
  return count.stopped === count.stoppedForGood ? outcome : 'Running';
}

function initialized({ spec }: Pod, statuses: readonly ContainerStatus[]): Beginning {
  let [pending, failed] = [0, false];
  for (const container of (spec.initContainers ?? []).filter((one) => !isSidecar(one))) {
    const status = statuses.find((one) => one.name === container.name);
    const ended = lastEnd(status);
    if (status?.state?.running || !ended) pending++;
    else if (ended.exitCode !== 0 && !isRestartable(container, spec, ended)) failed = true;
  }
  return { pending, failed };
}

function counted(pod: Pod, initStatuses: readonly ContainerStatus[], statuses: readonly ContainerStatus[]): Count {
  const { containers, initContainers = [] } = pod.spec;
  const count: Count = {
    pendingSidecars: 0,
    waiting: 0,
    running: 0,
    unknown: 0,
    stopped: 0,
    stoppedForGood: 0,
    succeeded: 0,
  };
  for (const { name } of initContainers.filter(isSidecar)) {
    const status = initStatuses.find((one) => one.name === name);
    if (!status) count.unknown++;
    else if (status.state?.running) {
      count.running++;
      if (!status.started) count.pendingSidecars++;
    } else if (!lastEnd(status)) {
      count.pendingSidecars++;
      if (status.state?.waiting) count.waiting++;
      else count.unknown++;
    }
  }
  for (const container of containers) {
    const status = statuses.find((one) => one.name === container.name);
    if (!status?.state) count.unknown++;
    else if (status.state.running) count.running++;
    else countEnded(count, pod, container, status);
  }
  return count;
}

function countEnded(count: Count, { spec }: Pod, container: Container, status: ContainerStatus): void {
  const ended = lastEnd(status);
  if (!ended) {
    count.waiting++;
    return;
  }
  count.stopped++;
  if (!isRestartable(container, spec, ended)) count.stoppedForGood++;
  if (status.state?.terminated?.exitCode === 0) count.succeeded++;
}

/** Whether a container that has ended so begins anew. */
function isRestartable(container: Container, spec: PodSpec, { exitCode, reason }: ContainerStateTerminated): boolean {
  return restartsAfter(container, spec, exitCode) || reason === restartingAll;
}

/** How a container that does not run has ended; undefined when it has never run. */
function lastEnd(status: ContainerStatus | undefined) {
  return status?.state?.terminated ?? (status?.state?.waiting ? status.lastState?.terminated : undefined);
}

/** pkg/kubelet/types/pod_update.go `IsStaticPod`: a Pod that did not come from the API server. */
export function isStatic({ metadata }: Pod): boolean {
  return (metadata.annotations?.['kubernetes.io/config.source'] ?? 'api') !== 'api';
}
