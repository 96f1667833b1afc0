import type { ObjectReference } from '../api/object';
import type { Client } from '../apiserver/client';
import type { Millis } from '../clock/clock';
import type { Cluster } from '../cluster';
import type { Component, EventRecorder } from '../component';
import { Correlator } from './correlator';
import { EventNames } from './event-names';

/** Who reports events, and as whom. */
interface Reporter {
  readonly user: string;
  readonly source: string;
  readonly host: string;
}

/** An event on its way to the API server. */
interface EventInTransit {
  readonly reporter: Reporter;
  readonly about: ObjectReference;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** When it was reported. */
  readonly at: Millis;
}

const broadcasterName = 'event-broadcaster';
/** Recorders never wait: the write follows a moment later. */
const delay: Millis = 4;

/** A recorder of core/v1 events: what it is told is written by the broadcaster, a moment later. */
export function eventRecorder(cluster: Cluster, user: string, source: string, host = ''): EventRecorder {
  const timers = cluster.clock.timers<EventInTransit>(broadcasterName);
  const reporter: Reporter = { user, source, host };
  return {
    event(about, type, reason, message, annotations) {
      timers.after(delay, { reporter, about, type, reason, message, annotations, at: timers.now });
    },
  };
}

/** What is kept of one reporter. */
interface Recorder {
  readonly correlator: Correlator;
  readonly client: Client;
  /** What it reports about, by UID: who reports and about what, as one text. */
  readonly subjects: Map<string, { readonly about: ObjectReference; readonly text: string }>;
}

/**
 * Writes the events of all recorders, each user's through a correlator of its own.
 * Upstream: staging/src/k8s.io/client-go/tools/record/event.go
 */
export class EventBroadcaster implements Component<EventInTransit> {
  readonly name = broadcasterName;
  readonly watches = [] as const;
  private readonly recorders = new Map<string, Recorder>();
  /** The same by those who have reported before. */
  private byReporter = new WeakMap<Reporter, Recorder>();
  private readonly names = new EventNames(0);

  constructor(private readonly cluster: Cluster) {}

  start(): void {
    this.recorders.clear();
    this.byReporter = new WeakMap();
  }

  observe(): void {
    // It watches nothing.
  }

  fire(event: EventInTransit): void {
    const { reporter, about, type, reason, message, at } = event;
    const recorder = this.recorderOf(reporter);
    const { correlator, client } = recorder;
    const { namespace = '', fieldPath = '' } = about;
    const subject = subjectOf(about, reporter, recorder);
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

  private recorderOf(reporter: Reporter): Recorder {
    const there = this.byReporter.get(reporter);
    if (there) return there;
    const { user, source, host } = reporter;
    const who = `${user} ${source} ${host}`;
    const recorder = this.recorders.get(who) ?? {
      correlator: new Correlator(),
      client: this.cluster.client(user),
      subjects: new Map<string, { readonly about: ObjectReference; readonly text: string }>(),
    };
    this.recorders.set(who, recorder);
    this.byReporter.set(reporter, recorder);
    return recorder;
  }

  private draft({ reporter: { source, host }, about, type, reason, annotations, at }: EventInTransit, message: string) {
    const time = this.cluster.clock.timestamp(at);
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: this.names.next(about, this.cluster.clock.epoch + at),
        namespace: about.namespace || 'default',
        ...(annotations ? { annotations } : {}),
      },
      involvedObject: { ...about },
      reason,
      message,
      type,
      source: host ? { component: source, host } : { component: source },
      reportingComponent: source,
      reportingInstance: host,
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
    };
  }
}

/** As one text: the source, its host, and what the event is about. Most are about what was reported of before. */
function subjectOf(about: ObjectReference, { source, host }: Reporter, { subjects }: Recorder): string {
  const { kind, namespace = '', name, uid = '', apiVersion } = about;
  const last = subjects.get(uid);
  if (
    last?.about.name === name &&
    last.about.kind === kind &&
    (last.about.namespace ?? '') === namespace &&
    last.about.apiVersion === apiVersion
  ) {
    return last.text;
  }
  const text = `${source}\n${host}\n${kind}\n${namespace}\n${name}\n${uid}\n${apiVersion}`;
  subjects.set(uid, { about, text });
  return text;
}
