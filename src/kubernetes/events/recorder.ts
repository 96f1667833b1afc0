import type { Client } from '../apiserver/client';
import type { ObjectReference } from '../api/object';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { EventRecorder } from '../component';

/**
 * Writes core/v1 Events. Equal events (same object, reason, message) become one with a count.
 * Upstream: staging/src/k8s.io/client-go/tools/record/events_cache.go
 */
export function eventRecorder(client: Client, clock: Clock, random: Random, source: string, host?: string): EventRecorder {
  const known = new Map<string, string>();
  return {
    event(about, type, reason, message) {
      const key = [about.kind, about.namespace, about.name, about.uid, about.fieldPath, type, reason, message].join('\n');
      const namespace = about.namespace ?? 'default';
      const name = known.get(key);
      const existing = name === undefined ? undefined : client.get('events', namespace, name);
      if (existing) {
        client.patch('events', namespace, existing.metadata.name, {
          count: (existing.count ?? 1) + 1,
          lastTimestamp: clock.timestamp(),
        });
        return;
      }
      const created = client.create('events', newEvent(about, type, reason, message));
      if (created.ok) known.set(key, created.object.metadata.name);
    },
  };

  function newEvent(about: ObjectReference, type: string, reason: string, message: string) {
    const suffix = random.stream(`event/${about.name}/${clock.now}/${reason}/${message}`).text(16, '0123456789abcdef');
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${about.name}.${suffix}`, namespace: about.namespace ?? 'default' },
      involvedObject: { ...about },
      reason,
      message,
      type,
      source: host ? { component: source, host } : { component: source },
      reportingComponent: source,
      reportingInstance: host ?? '',
      firstTimestamp: clock.timestamp(),
      lastTimestamp: clock.timestamp(),
      count: 1,
    };
  }
}
