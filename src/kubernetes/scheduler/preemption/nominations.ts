import type { PodInfo } from '../framework/pod-info';

/**
 * Pods that wait for a node on which preemption has made room for them.
 * Upstream: pkg/scheduler/backend/queue/nominator.go
 */
export class Nominations {
  private readonly byPod = new Map<string, { pod: PodInfo; node: string }>();

  put(pod: PodInfo, node: string): void {
    this.byPod.set(pod.key, { pod, node });
  }

  remove(podKey: string): void {
    this.byPod.delete(podKey);
  }

  nodeOf(podKey: string): string | undefined {
    return this.byPod.get(podKey)?.node;
  }

  /** Those on `node` that `pod` has to reckon with: others, of the same or a higher priority. */
  on(node: string, pod: PodInfo): PodInfo[] {
    if (this.byPod.size === 0) return [];
    const found: PodInfo[] = [];
    for (const one of this.byPod.values()) {
      if (one.node === node && one.pod.uid !== pod.uid && one.pod.priority >= pod.priority) found.push(one.pod);
    }
    return found;
  }

  /** Those on `node` of a lower priority, which lose their place to `pod`. */
  below(node: string, pod: PodInfo): PodInfo[] {
    const all = [...this.byPod.values()].filter((one) => one.node === node && one.pod.priority < pod.priority);
    return all.map((one) => one.pod);
  }
}
