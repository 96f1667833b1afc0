import type { ContainerStatus, Pod } from '@/kubernetes/api/generated/core-v1';
import { badRequest } from '@/kubernetes/apiserver/status';
import type { Cluster } from '@/kubernetes/cluster';
import type { LogLine } from '@/kubernetes/runtime/records';
import { StatusError } from './errors';

/** What the kubelet of a Pod's node answers when it is asked for a container's log. */
export interface ContainerLogs {
  /** Id of the container whose log it is; undefined while the Pod has no node. */
  readonly id: string | undefined;
  /** Undefined: the container is known, its log is gone. */
  readonly lines: readonly LogLine[] | undefined;
  /** Whether the container may still write. */
  readonly running: boolean;
}

/**
 * `GET /containerLogs` at the kubelet, through the API server. Upstream: pkg/registry/core/pod/strategy.go
 * `LogLocation`, pkg/kubelet/kubelet_pods.go `validateContainerLogStatus`. Throws StatusError where the container has
 * no log to give.
 */
export function containerLogs(cluster: Cluster, pod: Pod, container: string, previous: boolean): ContainerLogs {
  const { nodeName } = pod.spec;
  if (!nodeName) return { id: undefined, lines: [], running: false };
  const id = containerToRead(pod, container, previous).replace(/^[a-z]+:\/\//, '');
  const runtime = cluster.runtimes.get(nodeName);
  return { id, lines: runtime?.logs.get(id)?.lines, running: runtime?.container(id)?.state === 'running' };
}

function containerToRead(pod: Pod, container: string, previous: boolean): string {
  const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [] } = pod.status;
  const all: ContainerStatus[] = [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses];
  const status = all.find((one) => one.name === container);
  const where = `container "${container}" in pod "${pod.metadata.name}"`;
  const refuse = (text: string) => new StatusError(badRequest(text));
  if (!status) throw refuse(`${where} is not available`);
  const { running, terminated, waiting } = status.state ?? {};
  const last = status.lastState?.terminated;
  if (previous) {
    if (!last?.containerID) throw refuse(`previous terminated ${where} not found`);
    return last.containerID;
  }
  if (running) return status.containerID ?? '';
  if (terminated) {
    const id = terminated.containerID || last?.containerID;
    if (!id) throw refuse(`${where} is terminated`);
    return id;
  }
  if (last) {
    if (!last.containerID) throw refuse(`${where} is terminated`);
    return last.containerID;
  }
  if (waiting?.reason === 'ErrImagePull') throw refuse(`${where} is waiting to start: image can't be pulled`);
  if (waiting?.reason === 'ImagePullBackOff') {
    throw refuse(`${where} is waiting to start: trying and failing to pull image`);
  }
  if (waiting) throw refuse(`${where} is waiting to start: ${waiting.reason ?? ''}`);
  throw refuse(`${where} is waiting to start - no logs yet`);
}
