import type { Container, Pod } from '../api/generated/core-v1';
import type { ContainerRecord } from '../runtime/records';
import type { ActionInputs, ContainerToKill } from './pod-actions';
import { isSidecar, resizeText } from './pod-text';
import { newest, shouldBeRestarted } from './restart';

/** What one sync does to the init containers of a Pod. */
export interface InitActions {
  /** Whether regular containers may be started. */
  readonly done: boolean;
  /** Whether one has failed that is not started again. */
  readonly failed: boolean;
  readonly toStart: readonly Container[];
  readonly toKill: readonly ContainerToKill[];
  readonly toUpdate: readonly Container[];
}

/** Of a Pod without init containers. */
const none: InitActions = { done: true, failed: false, toStart: [], toKill: [], toUpdate: [] };

/**
 * Init containers one after the other; sidecars stay, and are started again whenever they end. They are gone through
 * from the last to the first: the last one of which anything is known says how far the Pod has come.
 * Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go `computeInitContainerActions`.
 */
export function initActions(pod: Pod, inputs: ActionInputs): InitActions {
  const all = pod.spec.initContainers ?? [];
  if (all.length === 0) return none;
  const started = new Set<Container>();
  const toKill: ContainerToKill[] = [];
  const toUpdate: Container[] = [];
  const regularIsUp = pod.spec.containers.some((one) => {
    const state = newest(inputs.containers, one.name)?.state;
    return state === 'created' || state === 'running';
  });
  let done = regularIsUp;
  let initialized = done;
  const next = (after: Container) => {
    const following = all[all.indexOf(after) + 1];
    if (!following) done = true;
    else if (!initialized) started.add(following);
  };
  const resize = (container: Container, record: ContainerRecord) => {
    const resized = inputs.resized?.(container);
    if (resized === 'update') toUpdate.push(container);
    if (resized !== 'restart') return;
    toKill.push({ record, message: resizeText(container) });
    started.add(container);
  };
  for (const container of [...all].reverse()) {
    const record = newest(inputs.containers, container.name);
    const stays = isSidecar(container);
    if (!record) {
      if (initialized && stays) started.add(container);
      continue;
    }
    if (initialized && !stays) continue;
    if (record.state === 'created') started.add(container);
    else if (record.state === 'running' && stays) {
      const probe = inputs.failedProbe(record);
      const isStarted = container.startupProbe === undefined || inputs.hasStarted(container, record);
      if (isStarted) next(container);
      // Until it has started only its startup probe counts, and from then on only its liveness probe.
      if (probe && isStarted === (probe === 'liveness')) {
        toKill.push({ record, message: `Init container ${container.name} failed ${probe} probe`, probe });
        started.add(container);
      } else resize(container, record);
    } else if (record.state === 'running') resize(container, record);
    else if (record.state === 'exited') {
      if (stays) started.add(container);
      else if (record.exitCode === 0) next(container);
      else if (shouldBeRestarted(container, pod, inputs.containers)) started.add(container);
      else return { done: false, failed: true, toStart: [], toKill, toUpdate };
    }
    initialized = true;
  }
  const [first] = all;
  if (!initialized && first) started.add(first);
  return { done, failed: false, toStart: all.filter((one) => started.has(one)), toKill, toUpdate };
}
