import type { Event } from '@/kubernetes/api/generated/core-v1';
import type { KubeObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import type { Invocation } from '../invocation';
import { age } from '../output/age';
import { goSort } from '../output/go-sort';
import type { Lines } from './lines';
import { typedList } from '../resource/typed';

/** Everything recorded about an object. Upstream: client-go core/v1 `events.Search`. */
export function eventsAbout(invocation: Invocation, object: KubeObject, uid: string = object.metadata.uid): Event[] {
  const mapping = findResource('events', '');
  if (!mapping) return [];
  const { name, namespace } = object.metadata;
  const fields = [
    `involvedObject.name=${name}`,
    ...(namespace ? [`involvedObject.namespace=${namespace}`] : []),
    `involvedObject.kind=${object.kind}`,
    `involvedObject.uid=${uid}`,
  ];
  const found = invocation.list(mapping, { namespace, fieldSelector: fields.join(',') });
  // The resource that was listed is that of core/v1 Events.
  return typedList<Event>(found);
}

/** Upstream: kubectl/pkg/describe/describe.go `DescribeEvents`. */
export function describeEvents(lines: Lines, events: readonly Event[], now: number): void {
  if (events.length === 0) {
    lines.add(0, 'Events:\t<none>');
    return;
  }
  lines.add(0, 'Events:');
  lines.add(1, 'Type\tReason\tAge\tFrom\tMessage');
  lines.add(1, '----\t------\t----\t----\t-------');
  // Events of the newer API have no lastTimestamp and therefore come first.
  const time = (event: Event) => (event.lastTimestamp ? (parseRfc3339(event.lastTimestamp) ?? 0) : -Infinity);
  for (const event of goSort(events, (a, b) => time(a) < time(b))) {
    const source = event.source?.component || (event.reportingComponent ?? '');
    const path = event.involvedObject.fieldPath;
    const message = `${path ? `${path}: ` : ''}${(event.message ?? '').trim()}`;
    lines.add(1, `${event.type ?? ''}\t${event.reason ?? ''}\t${interval(event, now)}\t${source}\t${message}`);
  }
}

/** `3s`, or `3s (x6 over 55s)` */
export function interval(event: Event, now: number): string {
  const first = age(event.eventTime ?? event.firstTimestamp, now);
  if (event.series) return `${age(event.series.lastObservedTime, now)} (x${event.series.count ?? 0} over ${first})`;
  if ((event.count ?? 0) > 1) return `${age(event.lastTimestamp, now)} (x${event.count ?? 0} over ${first})`;
  return first;
}
