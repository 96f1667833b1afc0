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
const stopping: Millis = 250;

/** Ends one container: event, pre-stop hook, SIGTERM, and SIGKILL when its grace period is over. */
export function* killContainer(
  host: KubeletHost,
  pod: Pod,
  container: Container | undefined,
  record: ContainerRecord,
  message?: string,
  graceSeconds?: number,
): Task<void> {
  if (host.runtime.container(record.id)?.state !== 'running') return;
  const reference = containerReference(pod, record.name);
  host.recorder.event(reference, 'Normal', 'Killing', message ?? `Stopping container ${record.name}`);
  const seconds =
    graceSeconds ?? pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  let deadline = host.now + seconds * 1000;
  const hook = container?.lifecycle?.preStop;
  if (hook && seconds > 0) {
    const error = yield* runHook(host, container, record, hook, deadline);
    if (error !== undefined) host.recorder.event(reference, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
  }
  deadline = Math.max(deadline, host.now + minimumGrace * 1000);
  host.runtime.signal(record.id);
  yield* untilEnded(host, [record], deadline);
  host.runtime.kill(record.id);
}

/** Ends every container of a Pod, sidecars last and in reverse order, then its sandboxes. */
export function* killPod(host: KubeletHost, pod: Pod, graceSeconds?: number): Task<void> {
  const byName = containersByName(pod);
  const running = host.runtime.podContainers(pod.metadata.uid).filter((one) => one.state === 'running');
  const sidecarNames = (pod.spec.initContainers ?? []).filter(isSidecar).map((one) => one.name);
  const main = running.filter((one) => !sidecarNames.includes(one.name));
  yield* together(
    host,
    main.map((record) => killContainer(host, pod, byName.get(record.name), record, undefined, graceSeconds)),
  );
  for (const name of [...sidecarNames].reverse()) {
    const record = running.find((one) => one.name === name);
    if (record) yield* killContainer(host, pod, byName.get(name), record, undefined, graceSeconds);
  }
  for (const sandbox of host.runtime.podSandboxes(pod.metadata.uid)) {
    if (!sandbox.ready) continue;
    yield { until: host.now + stopping + mappingTime(portMappings(pod)) };
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
