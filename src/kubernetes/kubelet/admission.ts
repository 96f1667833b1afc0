import type { Node, Pod, PodStatus } from '../api/generated/core-v1';
import { hostPortsOf, portsConflict } from '../placement/host-ports';
import { matchesRequiredNodeAffinity } from '../placement/node-selector';
import { effectiveSpec } from '../placement/effective-spec';
import { podRequests, resourcesFrom } from '../placement/resources';
import { untoleratedTaint } from '../placement/tolerations';
import { wholeValue } from '../api/quantity';

/** Why a kubelet does not take a Pod. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
  /** What the node has too little of, and how much is missing: in thousandths of a CPU, else in whole units. */
  readonly shortage?: Shortage;
}

export interface Shortage {
  readonly resource: string;
  readonly amount: number;
}

/**
 * The checks that a kubelet repeats, with its own view of the node: resources, affinity, name, ports, NoExecute
 * taints. Mostly the first failure counts. NoSchedule taints and `unschedulable` are not asked. `others` are the Pods it
 * runs that are not over. Upstream: pkg/kubelet/lifecycle/predicate.go, pkg/scheduler/eventhandlers.go
 * `AdmissionCheck`.
 */
export function refusals(pod: Pod, node: Node, others: readonly Pod[], isStatic: boolean): Refusal[] {
  // What no preemption would help against comes first.
  if ((pod.metadata.labels?.['kubernetes.io/os'] ?? 'linux') !== 'linux') {
    const message = "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label";
    return [{ reason: 'PodOSSelectorNodeLabelDoesNotMatch', message }];
  }
  if ((pod.spec.os?.name ?? 'linux') !== 'linux') {
    return [{ reason: 'PodOSNotSupported', message: "Failed to admit pod as the OS field doesn't match node OS" }];
  }
  const found = missingResources(pod, node, others);
  if (!matchesRequiredNodeAffinity(pod.spec, node)) {
    found.push(predicate('NodeAffinity', "node(s) didn't match Pod's node affinity/selector"));
  }
  if (pod.spec.nodeName && pod.spec.nodeName !== node.metadata.name) {
    found.push(predicate('NodeName', "node(s) didn't match the requested node name"));
  }
  const wanted = hostPortsOf(pod.spec);
  const taken = others.flatMap((other) => hostPortsOf(other.spec));
  if (wanted.some((port) => taken.some((other) => portsConflict(port, other)))) {
    found.push(predicate('NodePorts', "node(s) didn't have free ports for the requested pod ports"));
  }
  if (!isStatic && untoleratedTaint(node.spec.taints, pod.spec.tolerations, ['NoExecute'])) {
    found.push(predicate('TaintToleration', "node(s) had taints that the pod didn't tolerate"));
  }
  return found;
}

/** The first of them. */
export function admit(pod: Pod, node: Node, others: readonly Pod[], isStatic: boolean): Refusal | undefined {
  return refusals(pod, node, others, isStatic)[0];
}

function predicate(name: string, text: string): Refusal {
  return { reason: name, message: `Predicate ${name} failed: ${text}` };
}

/** `pkg/kubelet/lifecycle/predicate.go` `InsufficientResourceError.Error`. */
function missingResources(pod: Pod, node: Node, others: readonly Pod[]): Refusal[] {
  const found: Refusal[] = [];
  const pods = wholeValue(node.status.allocatable?.pods);
  if (others.length + 1 > pods) found.push(outOf('pods', 1, others.length, pods));
  const request = podRequests(pod.spec);
  const allocatable = resourcesFrom(node.status.allocatable);
  const used = others.map((other) => podRequests(effectiveSpec(other)));
  const sum = (pick: (one: typeof request) => number) => used.reduce((total, one) => total + pick(one), 0);
  const amounts: readonly (readonly [string, (one: typeof request) => number])[] = [
    ['cpu', (one) => one.milliCPU],
    ['memory', (one) => one.memory],
    ['ephemeral-storage', (one) => one.ephemeralStorage],
    // Resources that the node does not know are nobody's business here (`removeMissingExtendedResources`).
    ...[...request.scalar.keys()]
      .filter((name) => allocatable.scalar.has(name))
      .map((name) => [name, (one: typeof request) => one.scalar.get(name) ?? 0] as const),
  ];
  for (const [name, pick] of amounts) {
    const wanted = pick(request);
    if (wanted > 0 && wanted + sum(pick) > pick(allocatable))
      found.push(outOf(name, wanted, sum(pick), pick(allocatable)));
  }
  return found;
}

function outOf(name: string, requested: number, used: number, capacity: number): Refusal {
  return {
    reason: `OutOf${name}`,
    message: `Node didn't have enough resource: ${name}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
    shortage: { resource: name, amount: requested - (capacity - used) },
  };
}

/** The status of a refused Pod: it never ran, so nothing is said of containers. Upstream: kubelet.go `rejectPod`. */
export function refusedStatus({ metadata, status }: Pod, { reason, message }: Refusal, now: string): PodStatus {
  return {
    message: `Pod was rejected: ${message}`,
    observedGeneration: metadata.generation,
    phase: 'Failed',
    qosClass: status.qosClass,
    reason,
    startTime: now,
  };
}
