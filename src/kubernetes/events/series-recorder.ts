import type { Client } from '../apiserver/client';
import type { ObjectReference } from '../api/object';
import { parseRfc3339 } from '../clock/calendar';
import type { Millis, Timers } from '../clock/clock';
import { EventNames } from './event-names';

/** A series nobody has added to for this long is written down a last time and forgotten. */
const seriesEnd: Millis = 6 * 60_000;
/** How often running series are written down although nothing new can be seen. */
const seriesRefresh: Millis = 30 * 60_000;

interface Known {
  readonly namespace: string;
  readonly name: string;
  since: Millis;
  /** 0 while it is no series. */
  count: number;
  last: Millis;
}

/** What one event says. `note` is `message` in the core group. */
export interface SeriesEvent {
  readonly regarding: ObjectReference;
  readonly related?: ObjectReference;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly action: string;
  readonly note: string;
}

/** What the recorder needs of its component; `wake` is the payload with which the component calls `tick`. */
export interface SeriesRecorderOptions<P> {
  readonly client: Client;
  readonly timers: Timers<P>;
  readonly wake: P;
  readonly controller: string;
  readonly instance: string;
  microTimestamp(at?: Millis): string;
}

/**
 * Events as the group events.k8s.io has them. An event like an earlier one (same object *and resource version*, same
 * reason and action, whatever it says) makes that one a series with count 2, which is written with its first words; further
 * ones are only counted, and written when the series ends or every half hour.
 * Upstream: staging/src/k8s.io/client-go/tools/events/event_broadcaster.go `getKey`
 */
export class SeriesRecorder<P> {
  private readonly known = new Map<string, Known>();
  private armed = false;
  private readonly names = new EventNames(1);
  private refreshed: Millis = 0;

  constructor(private readonly options: SeriesRecorderOptions<P>) {}

  record(event: SeriesEvent): void {
    const { now } = this.options.timers;
    const { uid, resourceVersion, kind, namespace = 'default', name } = event.regarding;
    const about = [kind, namespace, name, uid, resourceVersion, ...(event.related ? [event.related.uid] : [])];
    const key = [...about, event.type, event.reason, event.action].join('\n');
    const known = this.known.get(key);
    if (!known) {
      const created = this.options.client.create('events', this.newEvent(event, namespace));
      if (!created.ok) return;
      this.known.set(key, { namespace, name: created.object.metadata.name, since: now, count: 0, last: now });
      this.arm();
      return;
    }
    known.count = known.count === 0 ? 2 : known.count + 1;
    known.last = now;
    if (known.count === 2) this.write(known);
  }

  /** Called with the time that `wake` was asked for: ends what has been silent, refreshes the rest. */
  tick(): void {
    this.armed = false;
    const { now } = this.options.timers;
    const refresh = now - this.refreshed >= seriesRefresh;
    if (refresh) this.refreshed = now;
    for (const [key, known] of this.known) {
      const over = now - (known.count > 0 ? known.last : known.since) > seriesEnd;
      if (known.count > 2 && (over || refresh)) this.write(known);
      if (over) this.known.delete(key);
    }
    this.arm();
  }

  private arm(): void {
    if (this.armed || this.known.size === 0) return;
    this.armed = true;
    const { timers, wake } = this.options;
    timers.at((Math.floor(timers.now / seriesEnd) + 1) * seriesEnd, wake);
  }

  private write({ namespace, name, count, last }: Known): void {
    const lastObservedTime = this.options.microTimestamp(last);
    this.options.client.patch('events', namespace, name, { series: { count, lastObservedTime } });
  }

  private newEvent({ regarding, related, type, reason, action, note }: SeriesEvent, namespace: string) {
    const { microTimestamp, controller, instance } = this.options;
    const eventTime = microTimestamp();
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: this.names.next(regarding, parseRfc3339(eventTime) ?? 0), namespace },
      involvedObject: { ...regarding },
      ...(related ? { related: { ...related } } : {}),
      reason,
      message: note,
      type,
      action,
      source: {},
      eventTime,
      reportingComponent: controller,
      reportingInstance: instance,
    };
  }
}
