import type { ObjectReference } from '../api/object';
import type { Client } from '../apiserver/client';
import type { Millis } from '../clock/clock';
import type { Cluster } from '../cluster';
import type { Component, EventRecorder } from '../component';
import { Correlator } from './correlator';
import { EventNames } from './event-names';

/** An event on its way to the API server. */
export interface EventInTransit {
  readonly user: string;
  readonly source: string;
  readonly host?: string;
  readonly about: ObjectReference;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** When it was reported. */
  readonly at: Millis;
}

export const broadcasterName = 'event-broadcaster';
/** Recorders never wait: the write follows a moment later. */
const delay: Millis = 4;

/** A recorder of core/v1 events: what it is told is written by the broadcaster, a moment later. */
export function eventRecorder(cluster: Cluster, user: string, source: string, host?: string): EventRecorder {
  const timers = cluster.clock.timers<EventInTransit>(broadcasterName);
  return {
    event(about, type, reason, message) {
      timers.after(delay, { user, source, ...(host ? { host } : {}), about, type, reason, message, at: timers.now });
    },
  };
}

/** What is kept of one reporter. */
interface Recorder {
  readonly correlator: Correlator;
  readonly client: Client;
}

/**
 * Writes the events of all recorders, each user's through a correlator of its own.
 * Upstream: staging/src/k8s.io/client-go/tools/record/event.go
 */
export class EventBroadcaster implements Component<EventInTransit> {
  readonly name = broadcasterName;
  readonly watches = [] as const;
  private readonly recorders = new Map<string, Recorder>();
  private readonly names = new EventNames(0);

  constructor(private readonly cluster: Cluster) {}

  start(): void {
    this.recorders.clear();
  }

  observe(): void {
    // It watches nothing.
  }

  fire(event: EventInTransit): void {
    const { user, source, host = '', about, type, reason, message, at } = event;
    const { correlator, client } = this.recorderOf(user, source, host);
    const { kind, namespace = '', name, uid = '', apiVersion, fieldPath = '' } = about;
    const subject = `${source}\n${host}\n${kind}\n${namespace}\n${name}\n${uid}\n${apiVersion}`;
    const found = correlator.correlate({ subject, fieldPath, type, reason, message }, at);
    if (!found) return;
    const where = namespace || 'default';
    const known = found.count > 1 ? found.same.written : undefined;
    if (known !== undefined) {
      const lastTimestamp = this.cluster.clock.timestamp(at);
      const change = { count: found.count, lastTimestamp, message: found.message };
      if (client.patch('events', where, known, change).ok) return;
      correlator.forget(found.same, at);
    }
    const created = client.create('events', this.draft(event, found.message));
    if (created.ok) found.same.written = created.object.metadata.name;
  }

  private recorderOf(user: string, source: string, host: string): Recorder {
    const who = `${user} ${source} ${host}`;
    const known = this.recorders.get(who);
    if (known) return known;
    const made = { correlator: new Correlator(), client: this.cluster.client(user) };
    this.recorders.set(who, made);
    return made;
  }

  private draft({ source, host, about, type, reason, at }: EventInTransit, message: string) {
    const time = this.cluster.clock.timestamp(at);
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: this.names.next(about, this.cluster.clock.epoch + at),
        namespace: about.namespace || 'default',
      },
      involvedObject: { ...about },
      reason,
      message,
      type,
      source: host ? { component: source, host } : { component: source },
      reportingComponent: source,
      reportingInstance: host ?? '',
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
    };
  }
}
