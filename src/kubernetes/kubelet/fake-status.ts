import type { ContainerStatus, Pod, PodCondition, PodStatus } from '../api/generated/core-v1';

/** How a Pod of the fake kubelet stands. */
export type FakeState =
  { readonly kind: 'running'; readonly ready: boolean } | { readonly kind: 'finished'; readonly exitCode: number };

/** The moment of the write, and what the Pod was given when it began. */
export interface FakeFacts {
  readonly timestamp: string;
  readonly hostIP: string;
  readonly podIP: string;
}

/** The status a fake kubelet writes: `conditions` and `containerStatuses` in the kubelet's own words and order. */
export function fakePodStatus(pod: Pod, state: FakeState, facts: FakeFacts): PodStatus {
  const running = state.kind === 'running';
  const names = pod.spec.containers.map((container) => container.name);
  const unready = { message: `containers with unready status: [${names.join(' ')}]` };
  const succeeded = !running && state.exitCode === 0;
  const notReady = running ? 'ContainersNotReady' : succeeded ? 'PodCompleted' : 'PodFailed';
  const ready = running && state.ready;
  const readiness = (type: string) =>
    ready ? condition(type, 'True') : condition(type, 'False', { reason: notReady, ...unready });
  const condition = (type: string, status: string, rest: Partial<PodCondition> = {}): PodCondition => {
    const before = pod.status.conditions?.find((one) => one.type === type);
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : facts.timestamp;
    return { type, status, ...rest, lastTransitionTime };
  };
  const own = [
    condition('PodReadyToStartContainers', 'True'),
    condition('Initialized', 'True', succeeded ? { reason: 'PodCompleted' } : {}),
    readiness('Ready'),
    readiness('ContainersReady'),
  ];
  const ownTypes = new Set(own.map((one) => one.type));
  return {
    ...pod.status,
    conditions: [...own, ...(pod.status.conditions ?? []).filter((one) => !ownTypes.has(one.type))],
    containerStatuses: pod.spec.containers.map((container) => containerStatus(pod, container.name, state, facts)),
    hostIP: facts.hostIP,
    hostIPs: [{ ip: facts.hostIP }],
    phase: running ? 'Running' : succeeded ? 'Succeeded' : 'Failed',
    podIP: facts.podIP,
    podIPs: [{ ip: facts.podIP }],
    startTime: pod.status.startTime ?? facts.timestamp,
  };
}

function containerStatus(pod: Pod, name: string, state: FakeState, { timestamp }: FakeFacts): ContainerStatus {
  const before = pod.status.containerStatuses?.find((status) => status.name === name);
  const startedAt = before?.state?.running?.startedAt ?? timestamp;
  const id = pod.metadata.uid.replaceAll('-', '');
  const containerID = `containerd://${id}${id}`;
  const up = state.kind === 'running' && state.ready;
  return {
    containerID,
    image: pod.spec.containers.find((container) => container.name === name)?.image ?? '',
    imageID: '',
    lastState: {},
    name,
    ready: up,
    restartCount: 0,
    started: up,
    state:
      state.kind === 'running'
        ? { running: { startedAt } }
        : {
            terminated: {
              containerID,
              exitCode: state.exitCode,
              finishedAt: timestamp,
              reason: state.exitCode === 0 ? 'Completed' : 'Error',
              startedAt,
            },
          },
  };
}
