import type { Container, Pod } from '../api/generated/core-v1';
import type { ContainerRecord, SandboxRecord } from '../runtime/records';
import { initActions } from './init-actions';
import { resizeText } from './pod-text';
import { isRestartedOnFailure, newest, shouldBeRestarted } from './restart';

/** A running container that has to go, and how its event words it. */
export interface ContainerToKill {
  readonly record: ContainerRecord;
  readonly message: string;
  /** Which probe wants it gone, if one does; a probe may bring its own grace period. */
  readonly probe?: 'liveness' | 'startup';
}

/** What one sync does to a Pod. */
export interface PodActions {
  readonly killPod: boolean;
  readonly createSandbox: boolean;
  /** The number of the sandbox to create. */
  readonly attempt: number;
  readonly sandbox: SandboxRecord | undefined;
  readonly toKill: readonly ContainerToKill[];
  readonly initToStart: readonly Container[];
  readonly toStart: readonly Container[];
  readonly ephemeralToStart: readonly Container[];
  /** Running containers that get other resources. */
  readonly toUpdate: readonly Container[];
}

export interface ActionInputs {
  readonly containers: readonly ContainerRecord[];
  readonly sandboxes: readonly SandboxRecord[];
  /** Which probe of a running container has failed for good. */
  readonly failedProbe: (record: ContainerRecord) => 'liveness' | 'startup' | undefined;
  /** Whether a sidecar counts as started. */
  readonly hasStarted: (container: Container, record: ContainerRecord) => boolean;
  /** How a running container gets other resources, if it has been granted such. */
  readonly resized?: (container: Container) => 'restart' | 'update' | undefined;
}

/** Upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go `computePodActions`. */
export function podActions(pod: Pod, inputs: ActionInputs): PodActions {
  const { containers, sandboxes } = inputs;
  const last = sandboxes.at(-1);
  const sandbox = last?.ready ? last : undefined;
  const nothing: PodActions = {
    killPod: false,
    createSandbox: false,
    attempt: last?.attempt ?? 0,
    sandbox,
    toKill: [],
    initToStart: [],
    toStart: [],
    ephemeralToStart: [],
    toUpdate: [],
  };
  const init = pod.spec.initContainers ?? [];
  if (!sandbox) {
    // A Pod that is not started again gets no second sandbox, unless nothing of it has ever been made.
    if (last && containers.length > 0 && pod.spec.restartPolicy === 'Never') return { ...nothing, killPod: true };
    const toStart = pod.spec.containers.filter((one) => !isDone(one, pod, containers));
    const begun = pod.spec.containers.some((one) => newest(containers, one.name) !== undefined);
    if (toStart.length === 0 && begun) return { ...nothing, killPod: true };
    const attempt = last ? last.attempt + 1 : 0;
    const first = init[0];
    return {
      ...nothing,
      killPod: last !== undefined,
      createSandbox: true,
      attempt,
      ...(first ? { initToStart: [first] } : { toStart }),
    };
  }
  const isHere = (one: ContainerRecord) => one.sandbox === sandbox.id;
  const here = containers.every(isHere) ? inputs : { ...inputs, containers: containers.filter(isHere) };
  const ephemeralToStart = (pod.spec.ephemeralContainers ?? []).filter((one) => !newest(here.containers, one.name));
  const initial = initActions(pod, here);
  if (initial.failed) return { ...nothing, killPod: true, ephemeralToStart };
  const { toStart: initToStart, toUpdate: initToUpdate } = initial;
  if (!initial.done) {
    return { ...nothing, initToStart, toKill: initial.toKill, ephemeralToStart, toUpdate: initToUpdate };
  }
  const toUpdate = [...initToUpdate];
  const toKill = [...initial.toKill];
  const toStart: Container[] = [];
  let kept = 0;
  for (const container of pod.spec.containers) {
    const record = newest(here.containers, container.name);
    if (record?.state !== 'running') {
      if (shouldBeRestarted(container, pod, here.containers)) toStart.push(container);
      continue;
    }
    const probe = inputs.failedProbe(record);
    if (!probe) {
      const resized = inputs.resized?.(container);
      if (resized === 'restart') {
        toKill.push({ record, message: resizeText(container) });
        toStart.push(container);
        continue;
      }
      if (resized === 'update') toUpdate.push(container);
      kept++;
      continue;
    }
    // Rules about exit codes are not asked: it has none yet.
    const again = isRestartedOnFailure(container, pod.spec);
    const message = `Container ${container.name} failed ${probe} probe${again ? ', will be restarted' : ''}`;
    toKill.push({ record, message, probe });
    if (again) toStart.push(container);
  }
  if (kept === 0 && toStart.length === 0) return { ...nothing, killPod: true };
  return { ...nothing, toKill, initToStart, toStart, ephemeralToStart, toUpdate };
}

/** Whether a container has done what it was there for, so that a new sandbox is made without it. */
function isDone(container: Container, { spec }: Pod, containers: readonly ContainerRecord[]): boolean {
  const runsOnce = (container.restartPolicy ?? spec.restartPolicy) === 'OnFailure';
  const record = newest(containers, container.name);
  return runsOnce && record?.state === 'exited' && record.exitCode === 0;
}
