import type { WatchEvent } from '../apiserver/store';
import type { Millis, Timers } from '../clock/clock';
import type { Cluster } from '../cluster';
import type { Component } from '../component';

/** `--event-ttl` of kube-apiserver */
const timeToLive: Millis = 3_600_000;

export interface Expiry {
  readonly namespace: string;
  readonly name: string;
  readonly resourceVersion: string;
}

/** Events are forgotten an hour after their last write, as etcd does by a lease. */
export class EventExpiry implements Component<Expiry> {
  readonly name = 'event-expiry';
  readonly watches = ['events'] as const;
  private readonly timers: Timers<Expiry>;

  constructor(private readonly cluster: Cluster) {
    this.timers = cluster.clock.timers<Expiry>(this.name);
  }

  start(): void {
    for (const event of this.cluster.store.list('events')) this.plan(event.metadata);
  }

  observe({ type, object }: WatchEvent): void {
    if (type !== 'DELETED') this.plan(object.metadata);
  }

  fire({ namespace, name, resourceVersion }: Expiry): void {
    const event = this.cluster.store.get('events', namespace, name);
    if (event?.metadata.resourceVersion !== resourceVersion) return;
    this.cluster.client('system:apiserver').delete('events', namespace, name);
  }

  private plan({ namespace = '', name, resourceVersion }: WatchEvent['object']['metadata']): void {
    this.timers.after(timeToLive, { namespace, name, resourceVersion });
  }
}
