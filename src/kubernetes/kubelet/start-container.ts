import type { ObjectReference } from '../api/object';
import type { Container, Pod } from '../api/generated/core-v1';
import type { Task } from '../clock/task';
import type { ContainerRecord, SandboxRecord } from '../runtime/records';
import { goDuration } from './backoff';
import { containerConfig } from './container-config';
import type { WaitingReason } from './waiting-reasons';
import { ConfigError } from './environment';
import { runHook } from './hooks';
import type { KubeletHost, SyncError } from './host';
import { type BrokenVolumes, missingVolume } from './image-volumes';
import { killContainer } from './kill';
import { containerReference, formatPod } from './pod-text';
import { newest } from './restart';
import { serverFacts } from '../api/versions/server-facts';

export type StartResult =
  { readonly ok: true } | { readonly ok: false; readonly why: WaitingReason; readonly error: SyncError };

/**
 * Back-off first, then pull, create, start, post-start hook.
 * Upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go `doBackOff` and kuberuntime_container.go `startContainer`.
 * `seen` are the containers as the sync found them: the back-off looks at the newest of them that has ended.
 */
export function* startContainer(
  host: KubeletHost,
  pod: Pod,
  container: Container,
  sandbox: SandboxRecord,
  seen: readonly ContainerRecord[],
  broken: BrokenVolumes,
): Task<StartResult> {
  const event = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    host.recorder.event(containerReference(pod, container.name), type, reason, message);
  const ended = seen.findLast((one) => one.name === container.name && one.state === 'exited');
  const waiting = ended && backOff(host, pod, container, ended.finishedAt ?? host.now);
  if (waiting) {
    const { about, message } = backOffEvent(pod, container);
    host.recorder.event(about, 'Warning', 'BackOff', message);
    return waiting;
  }
  const missing = missingVolume(host, pod, container, broken);
  if (missing) return failed(missing);
  const about = containerReference(pod, container.name);
  const wish = { reference: container.image ?? '', policy: container.imagePullPolicy, about };
  const image = yield* host.images.ensure(pod, wish);
  if ('reason' in image) {
    event('Warning', 'Failed', `Error: ${image.reason}`);
    return failed(image);
  }
  const oldOnes = host.runtime.podContainers(pod.metadata.uid);
  const attempt =
    (newest(oldOnes, container.name)?.attempt ?? restartsBefore(host.current(pod), container.name) - 1) + 1;
  yield { until: host.now + host.world.latency.containerCreate };
  let record: ContainerRecord;
  try {
    const config = containerConfig(host, { pod, container, sandbox, siblings: oldOnes, attempt });
    const nonRoot = container.securityContext?.runAsNonRoot ?? pod.spec.securityContext?.runAsNonRoot;
    if (nonRoot && (config.uid ?? image.file?.user ?? 0) === 0) {
      // pkg/kubelet/kuberuntime/security_context_others.go
      const detail = `(pod: "${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid ?? ''})", container: ${container.name})`;
      throw new ConfigError(
        config.uid === 0
          ? `container's runAsUser breaks non-root policy ${detail}`
          : `container has runAsNonRoot and image will run as root ${detail}`,
      );
    }
    record = host.runtime.createContainer(sandbox, config, image);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    event('Warning', 'Failed', `Error: ${error.message}`);
    return failed({ reason: 'CreateContainerConfigError', message: error.message });
  }
  const { eventsNameContainer } = serverFacts[host.world.kubernetes];
  event('Normal', 'Created', eventsNameContainer ? `Created container: ${container.name}` : 'Container created');
  yield { until: host.now + host.world.latency.containerStart };
  const refused = host.runtime.startContainer(record.id);
  if (refused !== undefined) {
    event('Warning', 'Failed', `Error: ${refused}`);
    return failed({ reason: 'RunContainerError', message: refused });
  }
  event('Normal', 'Started', eventsNameContainer ? `Started container ${container.name}` : 'Container started');
  return yield* postStart(host, pod, container, record);
}

/** What is said of a container that may not start yet. */
export function backOffEvent(pod: Pod, { name }: Container): { about: ObjectReference; message: string } {
  const message = `Back-off restarting failed container ${name} in pod ${formatPod(pod)}`;
  return { about: containerReference(pod, name), message };
}

function* postStart(host: KubeletHost, pod: Pod, container: Container, record: ContainerRecord): Task<StartResult> {
  const hook = container.lifecycle?.postStart;
  if (!hook) return { ok: true };
  const error = yield* runHook(host, pod, container, record, hook);
  if (error === undefined) return { ok: true };
  host.recorder.event(
    containerReference(pod, container.name),
    'Warning',
    'FailedPostStartHook',
    'PostStartHook failed',
  );
  yield* killContainer(host, pod, container, record, { message: 'FailedPostStartHook' });
  return failed({ reason: 'PostStartHookError', message: error });
}

/** The refusal of a container that may not start yet; undefined when it may, and then the next wait is set. */
function backOff(host: KubeletHost, pod: Pod, container: Container, ended: number): StartResult | undefined {
  const key = backOffKey(pod, container);
  const { crashBackoff, now } = host;
  if (crashBackoff.isInBackOffSince(key, ended, now)) {
    const wait = crashBackoff.get(key);
    const message = `back-off ${goDuration(wait)} restarting failed container=${container.name} pod=${formatPod(pod)}`;
    const error: SyncError = { kind: 'back-off', until: ended + wait };
    return { ok: false, why: { reason: 'CrashLoopBackOff', message }, error };
  }
  crashBackoff.next(key, ended, now);
  return undefined;
}

/** A container that is changed waits anew: `GetBackoffKey`. A stored one never changes, so its key is made once. */
function backOffKey({ metadata }: Pod, container: Container): string {
  const uid = metadata.uid ?? '';
  const known = keys.get(container);
  if (known?.uid === uid) return known.key;
  const key = `${uid}_${container.name}_${JSON.stringify(container)}`;
  keys.set(container, { uid, key });
  return key;
}

const keys = new WeakMap<Container, { readonly uid: string; readonly key: string }>();

function failed(why: WaitingReason): StartResult {
  return { ok: false, why, error: { kind: 'other' } };
}

/** The restart count that the API remembers although the runtime has lost the container. */
function restartsBefore(pod: Pod, name: string): number {
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status;
  const status = [...containerStatuses, ...initContainerStatuses].find((one) => one.name === name);
  if (!status?.containerID) return status?.lastState?.terminated ? status.restartCount : 0;
  return status.restartCount + 1;
}
