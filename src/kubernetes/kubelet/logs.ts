import type { ContainerStatus, Pod } from '../api/generated/core-v1';
import { badRequest, notFoundStatus, type Status } from '../apiserver/status';
import { calendar, isoSeconds } from '../clock/calendar';
import type { Millis } from '../clock/clock';
import type { Cluster } from '../cluster';
import type { LogLine } from '../runtime/records';

/** `GET pods/NAME/log` */
export interface LogRequest {
  readonly namespace: string;
  readonly pod: string;
  /** Needed where a Pod has several. */
  readonly container?: string;
  readonly previous?: boolean;
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  /** RFC 3339. */
  readonly sinceTime?: string;
  readonly timestamps?: boolean;
  readonly limitBytes?: number;
}

/** A log as it is now, and how to read on from here (`kubectl logs -f`). */
export interface LogStream {
  readonly ok: true;
  readonly text: string;
  /** What came since the last call; undefined once the container has ended and everything was read. */
  more(): string | undefined;
}

export type LogAnswer = LogStream | { readonly ok: false; readonly status: Status };

/** Reads a container's log through API server and kubelet. */
export function readLog(cluster: Cluster, request: LogRequest): LogAnswer {
  const pod = cluster.client().get('pods', request.namespace, request.pod);
  if (!pod) return { ok: false, status: notFoundStatus('pods', '', request.pod) };
  const name = containerName(pod, request.container);
  if (typeof name !== 'string') return { ok: false, status: name };
  const node = pod.spec.nodeName;
  if (!node) return { ok: true, text: '', more: () => undefined };
  const unreachable = kubeletError(cluster, node, pod, name);
  if (unreachable) return { ok: false, status: unreachable };
  const id = containerId(pod, name, request.previous ?? false);
  if ('error' in id) return { ok: false, status: badRequest(id.error) };
  const runtime = cluster.runtimes.get(node);
  const lines = runtime?.logs.get(id.id.replace('containerd://', ''))?.lines;
  // pkg/kubelet/kuberuntime/kuberuntime_container.go `GetContainerLogs`
  if (!lines) return { ok: true, text: `unable to retrieve container logs for ${id.id}`, more: () => undefined };
  const print = (list: readonly LogLine[]) => list.map((line) => lineText(cluster, line, request)).join('');
  let read = lines.length;
  const text = print(selected(cluster, lines, request));
  return {
    ok: true,
    text: request.limitBytes === undefined ? text : text.slice(0, request.limitBytes),
    more() {
      const fresh = lines.slice(read);
      read = lines.length;
      const running = runtime?.container(id.id.replace('containerd://', ''))?.state === 'running';
      return fresh.length === 0 && !running ? undefined : print(fresh);
    },
  };
}

/** pkg/registry/core/pod/strategy.go `validateContainer`. */
function containerName(pod: Pod, wanted: string | undefined): string | Status {
  const { name } = pod.metadata;
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  const all = [...containers, ...initContainers, ...ephemeralContainers];
  if (wanted !== undefined) {
    return all.some((one) => one.name === wanted)
      ? wanted
      : badRequest(`container ${wanted} is not valid for pod ${name}`);
  }
  const only = containers.length === 1 ? containers[0] : undefined;
  if (only) return only.name;
  const names = (list: readonly { name: string }[]) => `[${list.map((one) => one.name).join(' ')}]`;
  const init = initContainers.length > 0 ? ` or one of the init containers: ${names(initContainers)}` : '';
  return badRequest(`a container name must be specified for pod ${name}, choose one of: ${names(containers)}${init}`);
}

/** A node whose kubelet does not answer. */
function kubeletError(cluster: Cluster, node: string, pod: Pod, container: string): Status | undefined {
  if (cluster.isRunning(`kubelet/${node}`)) return undefined;
  const address = cluster.client().get('nodes', undefined, node)?.status.addresses?.[0]?.address ?? node;
  const path = `/containerLogs/${pod.metadata.namespace ?? ''}/${pod.metadata.name}/${container}`;
  const message = `Get "https://${address}:10250${path}": dial tcp ${address}:10250: connect: connection refused`;
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 };
}

/** pkg/kubelet/kubelet_pods.go `validateContainerLogStatus`. */
function containerId(pod: Pod, container: string, previous: boolean): { id: string } | { error: string } {
  const what = `container "${container}" in pod "${pod.metadata.name}"`;
  const status = statusOf(pod, container);
  if (!status) return { error: `${what} is not available` };
  const last = status.lastState?.terminated?.containerID;
  if (previous) return last ? { id: last } : { error: `previous terminated ${what} not found` };
  const { running, terminated, waiting } = status.state ?? {};
  if (running && status.containerID) return { id: status.containerID };
  const ended = terminated?.containerID ?? last;
  if (ended) return { id: ended };
  if (waiting?.reason === 'ErrImagePull') return { error: `${what} is waiting to start: image can't be pulled` };
  if (waiting?.reason === 'ImagePullBackOff') {
    return { error: `${what} is waiting to start: trying and failing to pull image` };
  }
  if (waiting) return { error: `${what} is waiting to start: ${waiting.reason ?? ''}` };
  return { error: `${what} is waiting to start - no logs yet` };
}

function statusOf({ status }: Pod, name: string): ContainerStatus | undefined {
  return [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ].find((one) => one.name === name);
}

function selected(cluster: Cluster, lines: readonly LogLine[], request: LogRequest): readonly LogLine[] {
  const { sinceSeconds, sinceTime, tailLines } = request;
  let from: Millis = -Infinity;
  if (sinceSeconds !== undefined) from = cluster.clock.now - sinceSeconds * 1000;
  else if (sinceTime !== undefined) from = cluster.clock.parse(sinceTime) ?? from;
  const recent = lines.filter((line) => line.at >= from);
  return tailLines === undefined ? recent : recent.slice(Math.max(0, recent.length - tailLines));
}

function lineText(cluster: Cluster, line: LogLine, { timestamps }: LogRequest): string {
  const end = line.ended ? '\n' : '';
  if (!timestamps) return line.text + end;
  const at = calendar(cluster.clock.epoch + line.at);
  return `${isoSeconds(at)}.${String(at.millisecond).padStart(3, '0')}000000Z ${line.text}${end}`;
}
