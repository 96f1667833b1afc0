import { describe, expect, it } from 'vitest';
import { Correlator } from '@/kubernetes/events/correlator';
import { create, events, fakeCluster, template } from './fixture';

const occurrence = (message: string) => ({
  subject: 's',
  fieldPath: '',
  type: 'Warning',
  reason: 'FailedCreate',
  message,
});

describe('Correlator', () => {
  it('counts equal events', () => {
    const correlator = new Correlator();
    expect(correlator.correlate(occurrence('a'), 0)).toMatchObject({ count: 1, first: 0 });
    expect(correlator.correlate(occurrence('a'), 5000)).toMatchObject({ count: 2, first: 0 });
  });

  it('combines from the tenth similar event on', () => {
    const correlator = new Correlator();
    const texts = Array.from({ length: 12 }, (_, i) => correlator.correlate(occurrence(`m${i}`), i)?.message);
    expect(texts.slice(0, 9)).toEqual(Array.from({ length: 9 }, (_, i) => `m${i}`));
    expect(texts.slice(9)).toEqual([9, 10, 11].map((i) => `(combined from similar events): m${i}`));
  });

  it('starts anew after ten quiet minutes', () => {
    const correlator = new Correlator();
    for (let i = 0; i < 10; i++) correlator.correlate(occurrence(`m${i}`), 0);
    expect(correlator.correlate(occurrence('late'), 600_001)?.message).toBe('late');
  });

  it('lets 25 events through at once, then one in 300 s', () => {
    const correlator = new Correlator();
    const passed = (now: number) => correlator.correlate(occurrence('same'), now) !== undefined;
    expect(Array.from({ length: 30 }, () => passed(0)).filter(Boolean)).toHaveLength(25);
    expect(passed(299_000)).toBe(false);
    expect(passed(300_001)).toBe(true);
    expect(passed(300_002)).toBe(false);
  });

  it('lets warnings through though the normal events have had their share', () => {
    const correlator = new Correlator();
    for (let i = 0; i < 30; i++) correlator.correlate({ ...occurrence('same'), type: 'Normal' }, 0);
    expect(correlator.correlate({ ...occurrence('same'), type: 'Normal' }, 1)).toBeUndefined();
    expect(correlator.correlate({ ...occurrence('back-off'), type: 'Warning' }, 1)).toMatchObject({ count: 1 });
  });
});

describe('FailedCreate', () => {
  it('is said nine times, then combined', () => {
    const cluster = fakeCluster();
    const pod = template(undefined, { hostNetwork: true });
    const second = { name: 'second', image: 'registry.example/web:1', ports: [{ containerPort: 80 }] };
    pod.spec?.containers.push(second);
    create(cluster, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web' },
      spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: pod },
    });
    cluster.advance(20_000);
    const said = events(cluster.client(), 'ReplicaSet').map((text) => text.replace(/web-[a-z0-9]{5}/, 'POD'));
    const error =
      'Error creating: Pod "POD" is invalid: spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//80"';
    expect(said).toEqual([
      ...Array.from({ length: 9 }, () => `FailedCreate: ${error}`),
      `FailedCreate: (combined from similar events): ${error}`,
    ]);
    const last = cluster
      .client()
      .list('events', 'default')
      .find((event) => event.message?.startsWith('(combined'));
    expect(last?.count).toBe(3);
  });

  it('is forgotten an hour after it was last said', () => {
    const cluster = fakeCluster();
    create(cluster, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web' },
      spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template: template() },
    });
    cluster.advance(3_500_000);
    expect(events(cluster.client(), 'ReplicaSet')).toHaveLength(1);
    cluster.advance(200_000);
    expect(events(cluster.client(), 'ReplicaSet')).toEqual([]);
  });
});
