import type { Pod } from '../api/generated/core-v1';
import type { Runtime, RuntimeEvent } from '../runtime/runtime';

/** A Pod that has ended holds no ports and no resources any more. */
export function isOver(pod: Pod): boolean {
  return pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded';
}

/**
 * Of every container only the newest dead instance stays; none, where all that a Pod leaves is to go (`all`).
 * Upstream: pkg/kubelet/pod_container_deletor.go, kubelet.go `cleanUpContainersInPod`
 */
export function removeDeadContainers(runtime: Runtime, { containers }: RuntimeEvent, all = false): void {
  const dead = containers.filter((one) => one.state === 'exited');
  for (const record of dead) {
    if (all || dead.some((other) => other.name === record.name && other.attempt > record.attempt)) {
      runtime.removeContainer(record.id);
    }
  }
}
