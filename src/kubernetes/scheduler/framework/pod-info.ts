import type { Pod } from '../../api/generated/core-v1';
import type { LabelSelector } from '../../api/generated/meta-v1';
import { matchesLabelSelector } from '../../api/label-selector';
import { type AffinityTerm, affinityTerm } from './affinity-term';
import { type HostPort, hostPortsOf } from '../../placement/host-ports';
import { effectiveSpec } from '../../placement/effective-spec';
import { countedOnNode, countedRequests, podRequests, type Resources } from '../../placement/resources';

/**
 * A Pod with everything worked out that the plugins ask for again and again.
 * Upstream: pkg/scheduler/framework/types.go `PodInfo`
 */
export class PodInfo {
  readonly key: string;
  readonly namespace: string;
  readonly uid: string;
  readonly priority: number;
  /** The spec with what the Pod counts as asking for. */
  private readonly effective: Pod['spec'];
  readonly request: Resources;
  /** What the Pod counts as on its node when nodes are scored by what is free on them. */
  readonly countedCPU: number;
  readonly countedMemory: number;
  /** The same while it has no node. */
  readonly soughtCPU: number;
  readonly soughtMemory: number;
  readonly hostPorts: readonly HostPort[];
  readonly requiredAffinity: readonly AffinityTerm[];
  readonly requiredAntiAffinity: readonly AffinityTerm[];
  readonly preferredAffinity: readonly AffinityTerm[];
  readonly preferredAntiAffinity: readonly AffinityTerm[];

  /** `before`: the same Pod as it was known, so that a new status costs nothing. */
  constructor(
    readonly pod: Pod,
    before?: PodInfo,
  ) {
    const { spec, metadata } = pod;
    this.namespace = metadata.namespace ?? '';
    const effective = effectiveSpec(pod);
    this.effective = effective;
    if (
      before?.pod.spec === spec &&
      before.effective === effective &&
      before.pod.metadata.labels === metadata.labels &&
      before.uid === metadata.uid
    ) {
      this.key = before.key;
      this.uid = before.uid;
      this.priority = before.priority;
      this.request = before.request;
      this.countedCPU = before.countedCPU;
      this.countedMemory = before.countedMemory;
      this.soughtCPU = before.soughtCPU;
      this.soughtMemory = before.soughtMemory;
      this.hostPorts = before.hostPorts;
      this.requiredAffinity = before.requiredAffinity;
      this.requiredAntiAffinity = before.requiredAntiAffinity;
      this.preferredAffinity = before.preferredAffinity;
      this.preferredAntiAffinity = before.preferredAntiAffinity;
      return;
    }
    this.key = podKey(pod);
    this.uid = metadata.uid ?? this.key;
    this.priority = spec.priority ?? 0;
    this.request = podRequests(effective);
    const sought = countedRequests(effective);
    const counted = spec.resources ? countedOnNode(effective) : sought;
    this.countedCPU = counted.milliCPU;
    this.countedMemory = counted.memory;
    this.soughtCPU = sought.milliCPU;
    this.soughtMemory = sought.memory;
    this.hostPorts = hostPortsOf(spec);
    const { podAffinity, podAntiAffinity } = spec.affinity ?? {};
    const required = podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const requiredAnti = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const preferred = podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const preferredAnti = podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    this.requiredAffinity = required.map((term) => affinityTerm(pod, term));
    this.requiredAntiAffinity = requiredAnti.map((term) => affinityTerm(pod, term));
    this.preferredAffinity = preferred.map((one) => affinityTerm(pod, one.podAffinityTerm, one.weight));
    this.preferredAntiAffinity = preferredAnti.map((one) => affinityTerm(pod, one.podAffinityTerm, one.weight));
  }

  /** What was asked last: one search asks the same of every Pod, and the next searches often do so again. */
  private asked: LabelSelector | undefined;
  private answer = false;

  /** Whether its labels are selected and it is not being deleted. */
  countsFor(selector: LabelSelector): boolean {
    if (this.asked !== selector) {
      const { deletionTimestamp, labels } = this.pod.metadata;
      this.asked = selector;
      this.answer = !deletionTimestamp && matchesLabelSelector(selector, labels);
    }
    return this.answer;
  }

  /** Whether it has any word, required or preferred, about other Pods. */
  get hasAffinity(): boolean {
    return (
      this.requiredAffinity.length +
        this.requiredAntiAffinity.length +
        this.preferredAffinity.length +
        this.preferredAntiAffinity.length >
      0
    );
  }
}

/** `default/web` */
export function podKey(pod: Pod): string {
  return `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
}

/** Names of the claims a Pod mounts. An ephemeral volume's claim is named after the Pod and the volume. */
export function claimNames(pod: Pod): string[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    if (volume.persistentVolumeClaim) return [volume.persistentVolumeClaim.claimName];
    return volume.ephemeral ? [`${pod.metadata.name}-${volume.name}`] : [];
  });
}
