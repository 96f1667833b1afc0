import { referenceTo } from '../api/object';
import type { Container, Pod } from '../api/generated/core-v1';
import { serverFacts } from '../api/versions/server-facts';
import type { Task } from '../clock/task';
import { podHostname } from '../network/pod-files';
import type { SandboxRecord } from '../runtime/records';
import type { RuntimeEvent } from '../runtime/runtime';
import type { KubeletHost, SyncError } from './host';
import { idleSync } from './idle-sync';
import { type BrokenVolumes, pullImageVolumes } from './image-volumes';
import { killContainer, killPod } from './kill';
import { logFailedSandbox, logFailedStart } from './klog';
import { podActions } from './pod-actions';
import type { PodWorker } from './pod-worker';
import { containersByName } from './pod-text';
import { mappingTime, portMappings } from './port-mappings';
import { allRestarting, resetContainers } from './restart-all';
import { startContainer } from './start-container';
import { mountVolumes } from './mount-volumes';

export interface SyncOutcome {
  readonly terminal: boolean;
  /** Whether it asked the runtime to do something. */
  readonly acted: boolean;
  readonly errors: readonly SyncError[];
}

// pkg/kubelet/kubelet.go `NetworkNotReadyErrorMsg`
export const networkNotReady =
  'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady ' +
  'message:Network plugin returns error: cni plugin not initialized';

/** One sync of a Pod that is to run: status, network, volumes, sandbox, containers. Upstream: kubelet.go `SyncPod`. */
export function* syncPod(host: KubeletHost, worker: PodWorker): Task<SyncOutcome> {
  const pod = host.resizes.grantedPod(worker);
  host.resizes.note(worker, pod);
  host.statuses.write(worker, false, true);
  const { phase } = host.current(pod).status;
  if (phase === 'Failed' || phase === 'Succeeded') return { terminal: true, acted: false, errors: [] };
  if (!pod.spec.hostNetwork && !host.networkReady) {
    host.recorder.event(referenceTo(pod), 'Warning', 'NetworkNotReady', networkNotReady);
    return { terminal: false, acted: false, errors: [{ kind: 'network', text: networkNotReady }] };
  }
  // What it knows of the runtime is what it knew at the beginning, whatever is found out meanwhile.
  const { containers, sandboxes } = worker.seen;
  yield* mountVolumes(host, worker, pod, sandboxes.length > 0);
  lookForPullSecrets(host, pod);
  host.probes.addPod(pod, host.now);
  if (host.current(pod).status.conditions?.some(({ type, status }) => type === allRestarting && status === 'True')) {
    yield* resetContainers(host, pod, containers);
    worker.pending = true;
    return { terminal: false, acted: true, errors: [] };
  }
  const actions = podActions(pod, {
    containers,
    sandboxes,
    failedProbe: (record) => host.probes.failedProbe(record),
    hasStarted: (container, record) => host.probes.readiness(pod, container, record).started,
    resized: worker.resize && ((container) => host.resizes.actionOf(worker, container)),
  });
  if (actions.killPod) {
    yield* killPod(host, pod);
    if (!actions.createSandbox) return { terminal: false, acted: true, errors: [] };
  }
  for (const { record, message, probe } of actions.toKill) {
    const container = containersByName(pod).get(record.name);
    const grace = probe && container?.[`${probe}Probe`]?.terminationGracePeriodSeconds;
    yield* killContainer(host, pod, container, record, { message, graceSeconds: grace });
  }
  let sandbox: SandboxRecord | string | undefined = actions.sandbox;
  if (actions.createSandbox) {
    if (actions.attempt > 0) {
      const text = 'Pod sandbox changed, it will be killed and re-created.';
      host.recorder.event(referenceTo(pod), 'Normal', 'SandboxChanged', text);
    }
    sandbox = yield* createSandbox(host, pod, actions.attempt);
  }
  if (typeof sandbox === 'string') return { terminal: false, acted: true, errors: [{ kind: 'other', text: sandbox }] };
  if (!sandbox) return { terminal: false, acted: true, errors: [{ kind: 'other' }] };
  const errors: SyncError[] = [];
  const broken = pod.spec.volumes?.some(({ image }) => image) ? yield* pullImageVolumes(host, pod) : noneBroken;
  const starting: Starting = { host, worker, pod, containers, errors, broken };
  for (const container of actions.ephemeralToStart) yield* start(starting, container, sandbox);
  for (const container of actions.initToStart) {
    // A later init container waits for the one before it.
    if (!(yield* start(starting, container, sandbox))) break;
  }
  if (worker.resize) errors.push(...(yield* host.resizes.apply(worker, pod, actions.toUpdate)));
  for (const container of actions.toStart) yield* start(starting, container, sandbox);
  const { toKill, createSandbox: made, ephemeralToStart, initToStart, toStart, toUpdate } = actions;
  const others = toKill.length + ephemeralToStart.length + initToStart.length + toUpdate.length;
  const outcome = { terminal: false, acted: made || others + toStart.length > 0, errors };
  worker.idle = made || others > 0 ? undefined : idleSync(worker, toStart, outcome);
  return outcome;
}

const noneBroken: BrokenVolumes = new Map();

/** What the starts of one sync share. */
interface Starting {
  readonly host: KubeletHost;
  readonly worker: PodWorker;
  readonly pod: Pod;
  readonly containers: RuntimeEvent['containers'];
  readonly errors: SyncError[];
  readonly broken: BrokenVolumes;
}

function* start(starting: Starting, container: Container, inside: SandboxRecord): Task<boolean> {
  const { host, worker, pod, containers, errors, broken } = starting;
  const result = yield* startContainer(host, pod, container, inside, containers, broken);
  if (result.ok) {
    worker.reasons.delete(container.name);
    host.resizes.started(worker, container);
  } else {
    const { reason, message } = result.why;
    worker.reasons.set(container.name, result.why);
    logFailedStart(host.runtime, pod, container.name, reason, message);
    const quoted = worker.reasons.quoted(container.name, message);
    const text = `failed to "StartContainer" for "${container.name}" with ${reason}: ${quoted}`;
    errors.push({ ...result.error, text });
  }
  return result.ok;
}

/** pkg/kubelet/kubelet_pods.go `getPullSecretsForPod` */
function lookForPullSecrets({ client, recorder }: KubeletHost, pod: Pod): void {
  const secrets = pod.spec.imagePullSecrets;
  if (!secrets || secrets.length === 0) return;
  const missing: string[] = [];
  for (const { name } of secrets) if (name && !client.get('secrets', pod.metadata.namespace, name)) missing.push(name);
  if (missing.length === 0) return;
  const text = `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`;
  recorder.event(referenceTo(pod), 'Warning', 'FailedToRetrieveImagePullSecret', text);
}

/** A sandbox, or what went wrong. */
function* createSandbox(host: KubeletHost, pod: Pod, attempt: number): Task<SandboxRecord | string> {
  const mappings = portMappings(pod);
  yield { until: host.now + host.world.latency.sandbox + mappingTime(mappings) };
  const result = host.runtime.runSandbox(referenceTo(pod), {
    attempt,
    hostNetwork: pod.spec.hostNetwork ?? false,
    hostname: podHostname(pod, host.machineName),
    mappings,
  });
  if (!('error' in result)) {
    if (serverFacts[host.world.kubernetes].tellsOfSandbox) host.statuses.sandboxReady(pod);
    return result;
  }
  const text = `Failed to create pod sandbox: rpc error: code = Unknown desc = ${result.error}`;
  host.recorder.event(referenceTo(pod), 'Warning', 'FailedCreatePodSandBox', text);
  return logFailedSandbox(host.runtime, pod, result.error);
}
