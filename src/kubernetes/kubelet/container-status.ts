import type { Container, ContainerState, ContainerStatus, Pod, ResourceRequirements } from '../api/generated/core-v1';
import type { ComponentContext } from '../component';
import type { ContainerRecord } from '../runtime/records';
import { isSidecar } from './pod-text';
import { resourcesInForce } from './resize/reported';
import type { Resize } from './resize/state';
import { newest, shouldBeRestarted } from './restart';
import { removedStatus } from './restart-all';
import type { WaitingReason, WaitingReasons } from './waiting-reasons';

export interface Readiness {
  readonly ready: boolean;
  readonly started: boolean;
}

/** What statuses are made from, besides the Pod and its containers. */
export interface StatusInputs {
  readonly containers: readonly ContainerRecord[];
  readonly reasons: WaitingReasons;
  /** What the probes say of a running container. */
  readonly readiness: (container: Container, record: ContainerRecord) => Readiness;
  readonly timestamp: ComponentContext<unknown>['timestamp'];
  /** What is in force in containers that have been granted other resources. */
  readonly resize?: Resize;
  /** All containers are about to begin anew. */
  readonly restartingAll?: boolean;
}

/**
 * The API's view of some containers of a Pod. Upstream: pkg/kubelet/kubelet_pods.go
 * `convertToAPIContainerStatuses`: a container that will be started again at the next sync is Waiting if the last
 * sync left a reason; else its last state still shows.
 */
export function containerStatuses(
  pod: Pod,
  containers: readonly Container[],
  old: readonly ContainerStatus[],
  inputs: StatusInputs,
  isInit: boolean,
): ContainerStatus[] {
  const defaultReason = !isInit && (pod.spec.initContainers?.length ?? 0) > 0 ? 'PodInitializing' : 'ContainerCreating';
  const statuses = containers.map((container) => {
    const before = old.find((one) => one.name === container.name);
    const record = newest(inputs.containers, container.name);
    const removed = !record && inputs.restartingAll && before && !before.state?.waiting ? before : undefined;
    let status = record
      ? fromRecord(container, record, before, inputs)
      : fromNothing(container, removed ? undefined : before, isInit ? 'PodInitializing' : defaultReason, pod);
    if (removed) status = removedStatus(status, removed);
    const reason = inputs.reasons.get(container.name);
    if (reason && shouldBeRestarted(container, pod, inputs.containers)) {
      const lastState = status.state?.terminated ? status.state : status.lastState;
      status = { ...status, lastState, state: { waiting: waiting(reason) } };
    }
    return withReadiness(pod, container, status, record, inputs, isInit);
  });
  return isInit ? statuses : statuses.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function waiting({ reason, message }: WaitingReason): WaitingReason | { reason: string } {
  return message === '' ? { reason } : { message, reason };
}

function fromNothing(
  container: Container,
  before: ContainerStatus | undefined,
  reason: string,
  pod: Pod,
): ContainerStatus {
  // Containers that are gone (garbage collected, or lost with the node's runtime) keep their end.
  if (before?.state?.terminated) return before;
  // One that ran and is nowhere to be found has ended somehow; else its Pod would be pending again.
  const lost = before?.state?.running && !before.lastState?.terminated;
  const restarted = before?.state?.running && !pod.metadata.deletionTimestamp ? 1 : 0;
  return {
    image: container.image ?? '',
    imageID: '',
    lastState: lost ? { terminated: lostContainer } : (before?.lastState ?? {}),
    name: container.name,
    ready: false,
    restartCount: (before?.restartCount ?? 0) + (lost ? restarted : 0),
    started: false,
    state: { waiting: { reason } },
    ...(container.volumeMounts && container.volumeMounts.length > 0 ? { volumeMounts: mountsOf(container) } : {}),
  };
}

const lostContainer = {
  exitCode: 137,
  finishedAt: null,
  message: 'The container could not be located when the pod was deleted.  The container used to be Running',
  reason: 'ContainerStatusUnknown',
  startedAt: null,
  // Zero times are written as null, which the generated type does not say.
} as unknown as NonNullable<ContainerState['terminated']>;

function fromRecord(
  container: Container,
  record: ContainerRecord,
  before: ContainerStatus | undefined,
  inputs: StatusInputs,
): ContainerStatus {
  const previous = inputs.containers.findLast((one) => one.name === record.name && one.attempt < record.attempt);
  const { requests } = container.resources ?? {};
  const status: ContainerStatus = {
    containerID: `containerd://${record.id}`,
    image: record.image.file?.reportedAs ?? record.image.reference,
    imageID: record.imageId,
    lastState: previous?.state === 'exited' ? stateOf(previous, inputs) : (before?.lastState ?? {}),
    name: record.name,
    ready: false,
    resources: resourcesOf(container, record, before, inputs),
    restartCount: record.attempt,
    started: false,
    state: stateOf(record, inputs),
    user: userOf(record),
  };
  if (container.volumeMounts && container.volumeMounts.length > 0) status.volumeMounts = mountsOf(container);
  return requests && Object.keys(requests).length > 0 ? { allocatedResources: requests, ...status } : status;
}

/** Of a container that runs, what is in force. Upstream: kubelet_pods.go `convertContainerStatusResources` */
function resourcesOf(
  { name, resources = {} }: Container,
  { state, id }: ContainerRecord,
  before: ContainerStatus | undefined,
  { resize }: StatusInputs,
): ResourceRequirements {
  if (!resize || state !== 'running') return resources;
  const old = before?.state?.running && before.containerID === `containerd://${id}` ? before.resources : undefined;
  return resourcesInForce(resources, resize.actuated.containers.get(name), old);
}

/** Records and containers never change, and versions of a status share what is said of them. */
const users = new WeakMap<ContainerRecord, ReturnType<typeof userFrom>>();
const mounts = new WeakMap<Container, ReturnType<typeof mountsFrom>>();
const states = new WeakMap<ContainerRecord, ContainerState>();

function remembered<K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  const there = known.get(key);
  if (there !== undefined) return there;
  const made = make();
  known.set(key, made);
  return made;
}

function userOf(record: ContainerRecord) {
  return remembered(users, record, () => userFrom(record));
}

function mountsOf(container: Container) {
  return remembered(mounts, container, () => mountsFrom(container));
}

function stateOf(record: ContainerRecord, { timestamp }: StatusInputs): ContainerState {
  return remembered(states, record, () => stateFrom(record, timestamp));
}

function userFrom({ uid, config, image }: ContainerRecord) {
  const gid = config.gid ?? 0;
  const groups = [gid, ...(config.uid === undefined ? (image.file?.groups ?? []) : []), ...config.groups];
  return { linux: { gid, supplementalGroups: [...new Set(groups)], uid } };
}

function mountsFrom(container: Container) {
  return container.volumeMounts?.map(({ mountPath, name, readOnly }) =>
    readOnly ? { mountPath, name, readOnly, recursiveReadOnly: 'Disabled' } : { mountPath, name },
  );
}

function stateFrom(record: ContainerRecord, timestamp: StatusInputs['timestamp']): ContainerState {
  if (record.state === 'created') return { waiting: { reason: 'ContainerCreating' } };
  if (record.state === 'running') return { running: { startedAt: timestamp(record.startedAt) } };
  const { exitCode = 0, reason, message, startedAt, finishedAt } = record;
  return {
    terminated: {
      containerID: `containerd://${record.id}`,
      exitCode,
      finishedAt: timestamp(finishedAt),
      ...(message ? { message } : {}),
      reason,
      // A container that never ran has the zero time of the runtime.
      startedAt: reason === 'StartError' ? '1970-01-01T00:00:00Z' : timestamp(startedAt),
    },
  };
}

/** pkg/kubelet/prober/prober_manager.go `UpdatePodStatus`. */
function withReadiness(
  pod: Pod,
  container: Container,
  status: ContainerStatus,
  record: ContainerRecord | undefined,
  inputs: StatusInputs,
  isInit: boolean,
): ContainerStatus {
  if (isInit && !isSidecar(container)) {
    return { ...status, ready: status.state?.terminated?.exitCode === 0, started: status.state?.running !== undefined };
  }
  if (!status.state?.running || !record) return { ...status, ready: false, started: false };
  const readiness = inputs.readiness(container, record);
  if (pod.spec.ephemeralContainers?.some((one) => one.name === container.name)) return withoutStarted(status);
  return { ...status, ...readiness };
}

function withoutStarted(status: ContainerStatus): ContainerStatus {
  const { started: _started, ...rest } = status;
  return { ...rest, ready: false };
}
