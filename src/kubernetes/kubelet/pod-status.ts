import type { Pod, PodCondition, PodStatus } from '../api/generated/core-v1';
import { deepEqual } from '../api/object';
import type { SandboxRecord } from '../runtime/records';
import type { World } from '../world';
import { kubeletConditions } from './conditions';
import { type StatusInputs, containerStatuses } from './container-status';
import { getPhase } from './phase';
import { reportedResources } from './pod-resources';
import { type Resize, withGranted } from './resize/state';
import type { Verdict } from './pod-worker';
import { allRestarting, couldRestartAll, restartingCondition, shouldRestartAll } from './restart-all';

export interface PodStatusInputs extends StatusInputs {
  readonly sandboxes: readonly SandboxRecord[];
  readonly hostIP: string | undefined;
  readonly terminating: boolean;
  /** Of which version the node's cgroups are; undefined where the kubelet does not report what it reads there. */
  readonly cgroups: World['cgroups'] | undefined;
  /** Why the kubelet has ended it. */
  readonly verdict?: Verdict;
  /** Whether a container may let all of its Pod begin anew. */
  readonly restartsAll: boolean;
  /** The Pod has been asked to take other resources. */
  readonly resize?: Resize;
}

/** The status of a Pod as this kubelet sees it. Upstream: pkg/kubelet/kubelet_pods.go `generateAPIPodStatus`. */
export function generateStatus(pod: Pod, old: PodStatus, inputs: PodStatusInputs): PodStatus {
  const { resize } = inputs;
  const mayRestartAll = inputs.restartsAll && couldRestartAll(pod.spec);
  if (mayRestartAll)
    inputs = { ...inputs, restartingAll: shouldRestartAll({ ...pod, status: old }, inputs.containers) };
  const init = containerStatuses(pod, pod.spec.initContainers ?? [], old.initContainerStatuses ?? [], inputs, true);
  const regular = containerStatuses(pod, pod.spec.containers, old.containerStatuses ?? [], inputs, false);
  const ephemeral = containerStatuses(
    pod,
    pod.spec.ephemeralContainers ?? [],
    old.ephemeralContainerStatuses ?? [],
    inputs,
    false,
  );
  const ended = old.phase === 'Failed' || old.phase === 'Succeeded';
  const sandbox = inputs.sandboxes.findLast((one) => one.ready);
  const begun = inputs.containers.some(
    (record) => record.sandbox === sandbox?.id && pod.spec.containers.some((one) => one.name === record.name),
  );
  const verdict = ended ? undefined : inputs.verdict;
  const found = ended ? old.phase : getPhase(pod, init, regular, { terminal: inputs.terminating, begun });
  const phase = verdict ? 'Failed' : found;
  const generation = pod.metadata.generation;
  const status: PodStatus = {
    conditions: [
      // pkg/kubelet/kubelet_pods.go `determinePodResizeStatus`
      ...(inputs.terminating ? [] : [resize?.pending, resize?.inProgress].filter((one) => one !== undefined)),
      ...[
        ...disruption(verdict),
        ...kubeletConditions(pod, phase ?? 'Pending', init, regular, sandbox !== undefined, inputs.restartsAll),
      ].map(({ type, status, reason, message }) => ({ type, status, reason, message, observedGeneration: generation })),
      // Its own generation is told only while it is so.
      ...(mayRestartAll ? [restartingCondition({ ...pod, status: old }, phase ?? 'Pending', inputs.containers)] : []),
    ],
  };
  // Field by field: a spread in the middle of a literal makes the engine define what follows it one by one, slowly.
  if (init.length > 0) status.initContainerStatuses = init;
  status.containerStatuses = regular;
  if (ephemeral.length > 0) status.ephemeralContainerStatuses = ephemeral;
  addAddresses(status, pod, old, sandbox, inputs.hostIP);
  status.observedGeneration = generation;
  status.phase = phase;
  // What was said of a phase stays as long as the phase does.
  if (old.reason && phase === old.phase) status.reason = old.reason;
  if (old.message && phase === old.phase) status.message = old.message;
  if (verdict) {
    status.reason = verdict.reason;
    status.message = verdict.message;
  }
  status.qosClass = old.qosClass;
  if (inputs.cgroups) {
    const resized = resize && { inForce: withGranted(pod, resize.actuated).spec, before: old.resources };
    Object.assign(status, reportedResources(pod, inputs.cgroups, resized));
  }
  status.startTime = old.startTime ?? inputs.timestamp();
  return status;
}

/** A Pod that is ended for others' sake says so. Upstream: pkg/kubelet/eviction/eviction_manager.go, preemption.go */
function disruption(verdict: Verdict | undefined): PodCondition[] {
  if (verdict?.disruption === undefined) return [];
  return [{ type: 'DisruptionTarget', status: 'True', reason: byKubelet, message: verdict.disruption }];
}

// staging/src/k8s.io/api/core/v1/types.go `PodReasonTerminationByKubelet`
const byKubelet = 'TerminationByKubelet';

function addAddresses(
  status: PodStatus,
  pod: Pod,
  old: PodStatus,
  sandbox: SandboxRecord | undefined,
  hostIP: string | undefined,
): void {
  if (hostIP === undefined) return;
  // The address of a Pod that ends stays in its status.
  const podIP = pod.spec.hostNetwork ? (old.podIP ?? hostIP) : (sandbox?.ip ?? old.podIP);
  status.hostIP = hostIP;
  status.hostIPs = [{ ip: hostIP }];
  if (!podIP) return;
  status.podIP = podIP;
  status.podIPs = [{ ip: podIP }];
}

export const readyToStart = 'PodReadyToStartContainers';
const resizeTypes = ['PodResizePending', 'PodResizeInProgress'];
const ownTypes = [
  readyToStart,
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
  allRestarting,
  ...resizeTypes,
];

/** Whether a condition is one that the kubelet keeps. */
export function kubeletOwns({ type }: PodCondition): boolean {
  return ownTypes.includes(type);
}

/**
 * Merges what the kubelet says with what stands in the API: conditions of others stay, a time of transition moves
 * only with its status. Undefined when there is nothing to write. Upstream: pkg/kubelet/status/status_manager.go.
 */
export function mergeStatus(current: PodStatus, next: PodStatus, now: string): PodStatus | undefined {
  const before = current.conditions ?? [];
  const own = (next.conditions ?? []).map((condition): PodCondition => {
    // These bring their own times.
    if (resizeTypes.includes(condition.type)) return condition;
    const old = before.find((one) => one.type === condition.type);
    if (old && saysTheSame(old, condition)) return old;
    const lastTransitionTime = old?.status === condition.status ? old.lastTransitionTime : now;
    return { ...emptyProbeTime, ...condition, lastTransitionTime };
  });
  const foreign = before.filter((one) => !kubeletOwns(one) && !own.some(({ type }) => type === one.type));
  // The one that both it and others set stands first where it is the kubelet's.
  const shared = foreign.filter(({ reason }) => reason === byKubelet);
  const conditions = [...shared, ...foreign.filter((one) => !shared.includes(one)), ...own];
  const merged: PodStatus = { ...next, ...(conditions.length > 0 ? { conditions } : {}) };
  return deepEqual(current, merged) ? undefined : merged;
}

/** A condition that would be written anew as it is: the versions of a Pod share it. */
function saysTheSame(old: PodCondition, { status, reason, message, observedGeneration }: PodCondition): boolean {
  return (
    old.status === status &&
    old.reason === reason &&
    old.message === message &&
    old.observedGeneration === observedGeneration &&
    old.lastProbeTime === emptyProbeTime.lastProbeTime
  );
}

// A zero metav1.Time is written as null, which the generated type does not say.
const emptyProbeTime = { lastProbeTime: null } as unknown as { lastProbeTime?: string };
