import { expect, it } from 'vitest';
import type { Container } from '@/kubernetes/api/generated/core-v1';
import { Cluster } from '@/kubernetes/cluster';

const world = { name: 'one', lan: '10.1.0.0/24', nodes: [{ name: 'n1', internalIP: '10.1.0.5' }] };
const container: Container = {
  name: 'c',
  image: 'busybox:1.36',
  command: ['sh', '-c', 'exit 1'],
  env: [{ name: 'COLOUR', valueFrom: { configMapKeyRef: { name: 'settings', key: 'colour' } } }],
};

it('makes a container anew from what has changed since its last start, and as before where nothing has', () => {
  const cluster = new Cluster(world);
  const client = cluster.client();
  const metadata = { name: 'settings', namespace: 'default' };
  client.create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { colour: 'red' } });
  client.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default' },
    spec: { containers: [container] },
  });
  const newest = (attempt: number) => {
    const uid = client.get('pods', 'default', 'p')?.metadata.uid;
    for (let i = 0; i < 100; i++) {
      const found = cluster.runtimes.get('n1')?.podContainers(uid).at(-1);
      if (found && found.attempt >= attempt) return found.config;
      cluster.advance(10_000);
    }
    throw new Error('it does not start again');
  };
  const first = newest(1);
  expect(first.environment.get('COLOUR')).toBe('red');
  const second = newest(first.attempt + 1);
  expect(second).toEqual({ ...first, attempt: second.attempt });
  client.patch('configmaps', 'default', 'settings', { data: { colour: 'blue' } });
  const third = newest(second.attempt + 1);
  expect(third.environment.get('COLOUR')).toBe('blue');
  const spec = { selector: { app: 'x' }, ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] };
  client.create('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec,
  });
  expect(newest(third.attempt + 1).environment.has('WEB_SERVICE_HOST')).toBe(true);
});
