import { describe, expect, it } from 'vitest';
import type { Cluster } from '@/kubernetes/cluster';
import { fakeCluster } from './fixture';

const namespace = 'default';

function service(cluster: Cluster, name: string, selector?: Record<string, string>): void {
  const spec = { ports: [{ port: 80 }], ...(selector ? { selector } : {}) };
  cluster.client().create('services', { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec });
}

function endpoints(cluster: Cluster, name: string, ips: string[], labels: Record<string, string> = {}): void {
  cluster.client().create('endpoints', {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, namespace, labels, annotations: { team: 'shop' } },
    subsets: [{ addresses: ips.map((ip) => ({ ip })), ports: [{ port: 8080 }] }],
  });
}

const slices = (cluster: Cluster, name: string) =>
  cluster
    .client()
    .list('endpointslices.discovery.k8s.io', namespace)
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name);

// pkg/controller/endpointslicemirroring
describe('Endpoints that a user wrote', () => {
  it('stand in a slice of their own', () => {
    const cluster = fakeCluster(1);
    service(cluster, 'manual');
    endpoints(cluster, 'manual', ['192.0.2.1']);
    cluster.advance(500);
    expect(slices(cluster, 'manual')).toMatchObject([
      {
        addressType: 'IPv4',
        metadata: {
          generateName: 'manual-',
          annotations: { team: 'shop' },
          labels: { 'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io' },
          ownerReferences: [{ apiVersion: 'v1', kind: 'Endpoints', name: 'manual', controller: true }],
        },
        endpoints: [{ addresses: ['192.0.2.1'], conditions: { ready: true } }],
        ports: [{ name: '', port: 8080, protocol: 'TCP' }],
      },
    ]);
  });

  it('are followed when they change, one slice for each address family, and when they go', () => {
    const cluster = fakeCluster(1);
    const client = cluster.client();
    service(cluster, 'manual');
    endpoints(cluster, 'manual', ['192.0.2.1', '2001:db8::1']);
    cluster.advance(500);
    expect(
      slices(cluster, 'manual')
        .map(({ addressType }) => addressType)
        .sort(),
    ).toEqual(['IPv4', 'IPv6']);
    client.patch('endpoints', namespace, 'manual', {
      subsets: [{ notReadyAddresses: [{ ip: '192.0.2.9' }], ports: [{ port: 8080 }] }],
    });
    cluster.advance(500);
    expect(slices(cluster, 'manual')).toMatchObject([
      { endpoints: [{ addresses: ['192.0.2.9'], conditions: { ready: false } }] },
    ]);
    client.delete('endpoints', namespace, 'manual');
    cluster.advance(500);
    expect(slices(cluster, 'manual')).toEqual([]);
  });

  it('are left alone where a selector, no Service or a label says so', () => {
    const cluster = fakeCluster(1);
    service(cluster, 'labelled');
    endpoints(cluster, 'labelled', ['192.0.2.1'], { 'endpointslice.kubernetes.io/skip-mirror': 'true' });
    endpoints(cluster, 'alone', ['192.0.2.1']);
    service(cluster, 'selecting', { app: 'nobody' });
    cluster.advance(500);
    const managers = cluster
      .client()
      .list('endpointslices.discovery.k8s.io')
      .map(({ metadata }) => metadata.labels?.['endpointslice.kubernetes.io/managed-by']);
    expect(managers).not.toContain('endpointslicemirroring-controller.k8s.io');
  });
});
