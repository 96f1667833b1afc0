import type { Pod } from '../api/generated/core-v1';
import { isOver } from './garbage';
import type { KubeletHost } from './host';
import type { PodWorker } from './pod-worker';

/** A Pod that takes of its node, and what is known of it now. */
interface ActivePod {
  readonly worker: PodWorker;
  readonly known: Pod;
}

/**
 * The Pods that take of the node: one whose end is told counts until nothing of it runs any more; one that has left the
 * API or lost its file is no longer among those that the kubelet knows (`podManager`).
 * Upstream: pkg/kubelet/kubelet_pods.go `GetActivePods`, `isPodInactive`
 */
export function activePods(workers: readonly PodWorker[], host: Pick<KubeletHost, 'current'>): ActivePod[] {
  return workers.flatMap((worker) => {
    const { phase, deleted, pod } = worker;
    if (phase === 'terminating' ? deleted : phase !== 'syncing') return [];
    const known = host.current(pod);
    return phase === 'syncing' && isOver(known) ? [] : [{ worker, known }];
  });
}
