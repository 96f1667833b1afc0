import type { Container, Pod } from '../api/generated/core-v1';
import type { Millis } from '../clock/clock';
import type { Task } from '../clock/task';
import type { ContainerRecord } from '../runtime/records';
import { runHook } from './hooks';
import type { KubeletHost } from './host';
import { mappingTime, portMappings } from './port-mappings';
import { containerReference, containersByName, isSidecar } from './pod-text';

/** Least time between SIGTERM and SIGKILL: pkg/kubelet/kuberuntime/kuberuntime_manager.go `minimumGracePeriodInSeconds`. */
const minimumGrace = 2;

/** From the end of the last container until its shim is gone, and then that of the sandbox. */
const stopping: Millis = 110;
/** The network plugins take back what a sandbox of its own network had. */
const unplugging: Millis = 140;

/** How a container is ended, where not as its Pod says. */
interface Killing {
  /** What the event says. */
  readonly message?: string;
  readonly graceSeconds?: number;
  readonly turn?: Turn;
}

/** Ends one container: event, pre-stop hook, SIGTERM, and SIGKILL when its grace period is over. */
export function* killContainer(
  host: KubeletHost,
  pod: Pod,
  container: Container | undefined,
  record: ContainerRecord,
  { message, graceSeconds, turn }: Killing = {},
): Task<void> {
  if (host.runtime.container(record.id)?.state !== 'running') return;
  const reference = containerReference(pod, record.name);
  host.recorder.event(reference, 'Normal', 'Killing', message ?? `Stopping container ${record.name}`);
  const seconds =
    graceSeconds ?? pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  let deadline = host.now + seconds * 1000;
  const hook = container?.lifecycle?.preStop;
  if (hook && seconds > 0) {
    const error = yield* runHook(host, pod, container, record, hook, deadline);
    if (error !== undefined) host.recorder.event(reference, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
  }
  while (turn && !turn.has() && host.now < deadline) yield { until: deadline, change: true };
  deadline = Math.max(deadline, host.now + minimumGrace * 1000);
  host.runtime.signal(record.id);
  yield* untilEnded(host, [record], deadline);
  host.runtime.kill(record.id);
}

/** Whether those that have to end before a container have ended. */
interface Turn {
  has(): boolean;
}

/**
 * Ends every container of a Pod, then its sandboxes. All are told at the same time, and run their hooks; a sidecar gets
 * its signal when the regular containers and the sidecars after it have ended.
 * Upstream: pkg/kubelet/kuberuntime/kuberuntime_termination_order.go.
 */
export function* killPod(host: KubeletHost, pod: Pod, graceSeconds?: number): Task<void> {
  const byName = containersByName(pod);
  const running = host.runtime.podContainers(pod.metadata.uid).filter((one) => one.state === 'running');
  const sidecarNames = (pod.spec.initContainers ?? []).filter(isSidecar).map((one) => one.name);
  const isUp = (record: ContainerRecord) => host.runtime.container(record.id)?.state === 'running';
  const before = (record: ContainerRecord) => {
    const place = sidecarNames.indexOf(record.name);
    return place < 0 ? [] : running.filter((one) => !sidecarNames.slice(0, place + 1).includes(one.name));
  };
  yield* together(
    host,
    running.map((record) => {
      const earlier = before(record);
      const turn = earlier.length === 0 ? undefined : { has: () => !earlier.some(isUp) };
      return killContainer(host, pod, byName.get(record.name), record, { graceSeconds, turn });
    }),
  );
  for (const sandbox of host.runtime.podSandboxes(pod.metadata.uid)) {
    if (!sandbox.ready) continue;
    const network = pod.spec.hostNetwork ? 0 : unplugging + mappingTime(portMappings(pod));
    yield { until: host.now + stopping + network };
    host.runtime.stopSandbox(sandbox.id);
  }
}

/** Runs several tasks at the same time until all of them have ended. */
function* together(host: KubeletHost, tasks: readonly Task<void>[]): Task<void> {
  let open = tasks.map((task) => ({ task, turn: task.next() }));
  for (;;) {
    open = open.filter(({ turn }) => !turn.done);
    if (open.length === 0) return;
    const untils = open.flatMap(({ turn }) => (!turn.done && turn.value.until !== undefined ? [turn.value.until] : []));
    yield { until: untils.length > 0 ? Math.min(...untils) : undefined, change: true };
    open = open.map((one) => {
      const wait = one.turn.done ? undefined : one.turn.value;
      const due = wait?.change === true || (wait?.until !== undefined && wait.until <= host.now);
      return due ? { task: one.task, turn: one.task.next() } : one;
    });
  }
}

function* untilEnded(host: KubeletHost, records: readonly ContainerRecord[], deadline: number): Task<void> {
  while (host.now < deadline && records.some((one) => host.runtime.container(one.id)?.state === 'running')) {
    yield { until: deadline, change: true };
  }
}
