import type { Pod } from '../api/generated/core-v1';
import { isStatic } from './phase';

// pkg/apis/scheduling/types.go `SystemCriticalPriority`
const systemCritical = 2_000_000_000;

/**
 * Whether a node would rather do without other Pods: those of files and their mirrors, and those of the highest
 * priorities. Upstream: pkg/kubelet/types/pod_update.go `IsCriticalPod`
 */
export function isCritical(pod: Pod): boolean {
  const { annotations } = pod.metadata;
  if (isStatic(pod) || annotations?.['kubernetes.io/config.mirror'] !== undefined) return true;
  return (pod.spec.priority ?? -Infinity) >= systemCritical;
}

/** `Preemptable`: whether the kubelet may end `other` to make room for `pod`. */
export function isPreemptable(pod: Pod, other: Pod): boolean {
  if (isCritical(pod) && !isCritical(other)) return true;
  return (
    pod.spec.priority !== undefined && other.spec.priority !== undefined && pod.spec.priority > other.spec.priority
  );
}
