import type { Cluster } from '@/kubernetes/cluster';

/** An Event object as a dot on the time bar. */
export interface Mark {
  readonly at: number;
  readonly warning: boolean;
  readonly reason: string;
  readonly about: string;
}

/** The Event objects of the cluster, each at the moment it was last seen. */
export function marksOf(cluster: Cluster, start: number): Mark[] {
  return cluster.store
    .list('events')
    .map((event) => ({
      at:
        (cluster.clock.parse(event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp ?? undefined) ?? 0) - start,
      warning: event.type === 'Warning',
      reason: event.reason ?? '',
      about: event.involvedObject.name ?? '',
    }))
    .filter((mark) => mark.at >= 0)
    .sort((a, b) => a.at - b.at);
}
