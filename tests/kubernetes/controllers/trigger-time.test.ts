import { describe, expect, it } from 'vitest';
import type { Pod, Service } from '@/kubernetes/api/generated/core-v1';
import { TriggerTimes } from '@/kubernetes/controllers/endpoint-slice/trigger-time';

const service: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'web',
    namespace: 'default',
    uid: 'web',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: {},
  status: {},
};

function pod(name: string, turned: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: { containers: [] },
    status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: turned }] },
  };
}

describe('TriggerTimes', () => {
  it('gives the oldest change that it has not seen, once', () => {
    const times = new TriggerTimes();
    const a = pod('a', '2026-01-01T00:00:05Z');
    expect(times.next(service, [a])).toBe('2026-01-01T00:00:00Z');
    expect(times.next(service, [a])).toBeUndefined();
    const b = pod('b', '2026-01-01T00:00:09Z');
    expect(times.next(service, [pod('a', '2026-01-01T00:00:11Z'), b])).toBe('2026-01-01T00:00:09Z');
  });

  // `if !wasKnown { return service.CreationTimestamp.Time }`
  it('gives the time of the Service when it sees it first, whose Pods may be older', () => {
    const times = new TriggerTimes();
    expect(times.next(service, [pod('a', '2025-12-31T23:00:00Z')])).toBe('2026-01-01T00:00:00Z');
    expect(times.next(service, [pod('a', '2025-12-31T23:00:00Z')])).toBeUndefined();
  });

  it('sees one change in a Pod that turns twice within a second', () => {
    const times = new TriggerTimes();
    times.next(service, [pod('a', '2026-01-01T00:00:05Z')]);
    expect(times.next(service, [pod('a', '2026-01-01T00:00:05Z')])).toBeUndefined();
  });

  it('begins anew with a Service that was deleted', () => {
    const times = new TriggerTimes();
    times.next(service, []);
    times.forget('default', 'web');
    expect(times.next(service, [])).toBe('2026-01-01T00:00:00Z');
  });
});
