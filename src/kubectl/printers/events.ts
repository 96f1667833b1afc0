import type { Event } from '@/kubernetes/api/generated/core-v1';
import { age } from '../output/age';
import { type Column, column, wide } from './column';

/** Upstream: pkg/printers/internalversion/printers.go `printEvent`. */
export const events: readonly Column<Event>[] = [
  column('LAST SEEN', lastSeen),
  column('TYPE', (event) => event.type ?? ''),
  column('REASON', (event) => event.reason ?? ''),
  column('OBJECT', (event) => {
    const { kind = '', name = '' } = event.involvedObject;
    return name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase();
  }),
  wide('SUBOBJECT', (event) => event.involvedObject.fieldPath ?? ''),
  wide('SOURCE', (event) => eventSource(event)),
  column('MESSAGE', (event) => (event.message ?? '').trim()),
  wide('FIRST SEEN', firstSeen),
  wide('COUNT', (event) => String(event.series?.count ?? (event.count || 1))),
  wide('NAME', (event) => event.metadata.name),
];

function firstSeen(event: Event, now: number): string {
  return age(event.firstTimestamp ?? event.eventTime, now);
}

function lastSeen(event: Event, now: number): string {
  if (event.series) return age(event.series.lastObservedTime, now);
  return event.lastTimestamp ? age(event.lastTimestamp, now) : firstSeen(event, now);
}

/** `kubelet, node-1`. Upstream: printers.go `formatEventSource`. */
function eventSource(event: Event): string {
  const component = event.source?.component || event.reportingComponent || '';
  const host = event.source?.host || event.reportingInstance || '';
  return host && host !== component ? `${component}, ${host}` : component;
}
