import type { Pod, Service } from '../../api/generated/core-v1';

interface Seen {
  readonly service: string;
  readonly pods: ReadonlyMap<string, string>;
}

/**
 * Remembers which changes of a Service and its Pods have led to a sync already: the time of the oldest new one is
 * written to the EndpointSlices. Times are whole seconds, so a Pod that turns twice within one has one change.
 * Upstream: staging/src/k8s.io/endpointslice/trigger_time_tracker.go `TriggerTimeTracker`
 */
export class TriggerTimes {
  private readonly seen = new Map<string, Seen>();

  /** The oldest change since the last sync of the Service, as RFC 3339; undefined when there is none. */
  next(service: Service, pods: readonly Pod[]): string | undefined {
    const key = keyOf(service.metadata.namespace, service.metadata.name);
    const before = this.seen.get(key);
    const changes: string[] = [];
    const times = new Map<string, string>();
    for (const pod of pods) {
      const turned = pod.status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
      if (!turned) continue;
      times.set(pod.metadata.name, turned);
      if (turned > (before?.pods.get(pod.metadata.name) ?? '')) changes.push(turned);
    }
    const created = service.metadata.creationTimestamp ?? '';
    if (created > (before?.service ?? '')) changes.push(created);
    this.seen.set(key, { service: created, pods: times });
    // Of a Service that was not known, its own time counts, however old its Pods are.
    if (!before) return created;
    return changes.sort()[0];
  }

  forget(namespace: string | undefined, name: string): void {
    this.seen.delete(keyOf(namespace, name));
  }

  clear(): void {
    this.seen.clear();
  }
}

function keyOf(namespace = '', name: string): string {
  return `${namespace}/${name}`;
}
