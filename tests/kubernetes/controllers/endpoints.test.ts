import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { fnv128a } from '@/kubernetes/hash/fnv128a';
import { create, events, fakeCluster } from './fixture';

const http = { name: 'http', port: 80, targetPort: 8080, appProtocol: 'http' };
const dns = { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 };

function service(cluster: Cluster, spec: object): void {
  create(cluster, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [http, dns], ...spec },
  });
}

function pod(cluster: Cluster, spec: object = {}): void {
  const containers = [{ name: 'main', image: 'registry.example/web:1' }];
  const metadata = { name: 'web-0', labels: { app: 'web' } };
  create(cluster, { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers, ...spec } });
}

const slices = (cluster: Cluster) =>
  cluster
    .client()
    .list('endpointslices.discovery.k8s.io', 'default')
    .filter(({ metadata }) => metadata.name.startsWith('web-'));
const endpoints = (cluster: Cluster) => cluster.client().get('endpoints', 'default', 'web');
const changed = 'endpoints.kubernetes.io/last-change-trigger-time';

// https://www.isthe.com/chongo/tech/comp/fnv/, test vectors
it('FNV-1a of 128 bits', () => {
  expect(fnv128a('')).toBe('6c62272e07bb014262b821756295c58d');
  expect(fnv128a('a')).toBe('d228cb696f1a8caf78912b704e4a8964');
});

describe('what stands behind a Service', () => {
  // endpointslice/util/controller_utils.go `portsInOrder`, pkg/api/v1/endpoints/util.go `portsByHash`: a real v1.36.2 has these
  it('ports are stored in the order of their hashes, which is another in either kind', () => {
    const cluster = fakeCluster(1);
    service(cluster, {});
    pod(cluster);
    cluster.advance(3000);
    expect(slices(cluster).map(({ ports }) => ports)).toEqual([
      [
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'http', port: 8080, protocol: 'TCP', appProtocol: 'http' },
      ],
    ]);
    expect(endpoints(cluster)?.subsets?.map(({ ports }) => ports)).toEqual([
      [
        { name: 'http', port: 8080, protocol: 'TCP', appProtocol: 'http' },
        { name: 'dns', port: 53, protocol: 'UDP' },
      ],
    ]);
  });

  // endpointslice/utils.go `setEndpointSliceLabels`
  it("slices take the Service's labels when nothing else has changed", () => {
    const cluster = fakeCluster(1);
    service(cluster, {});
    pod(cluster);
    cluster.advance(3000);
    cluster.client().patch('services', 'default', 'web', { metadata: { labels: { tier: 'front' } } });
    cluster.advance(100);
    expect(slices(cluster)[0]?.metadata.labels).toEqual({
      tier: 'front',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      'kubernetes.io/service-name': 'web',
    });
  });

  // pkg/controller/endpoint/endpoints_controller.go `syncService`
  it('the time of the change that led to the Endpoints goes when a Pod only went', () => {
    const cluster = fakeCluster(1);
    service(cluster, {});
    pod(cluster);
    cluster.advance(3000);
    const ready = cluster
      .client()
      .get('pods', 'default', 'web-0')
      ?.status.conditions?.find(({ type }) => type === 'Ready');
    expect(endpoints(cluster)?.metadata.annotations).toEqual({ [changed]: ready?.lastTransitionTime });
    cluster.client().delete('pods', 'default', 'web-0', { gracePeriodSeconds: 0 });
    cluster.advance(100);
    expect(endpoints(cluster)?.subsets).toBeUndefined();
    expect(endpoints(cluster)?.metadata.annotations).toBeUndefined();
  });

  it('a Pod that has a name in the Service has it in the Endpoints too', () => {
    const cluster = fakeCluster(1);
    service(cluster, { clusterIP: 'None' });
    pod(cluster, { hostname: 'first', subdomain: 'web' });
    cluster.advance(3000);
    expect(endpoints(cluster)?.subsets?.[0]?.addresses?.[0]?.hostname).toBe('first');
    expect(slices(cluster)[0]?.endpoints?.[0]?.hostname).toBe('first');
  });

  // endpoints_controller.go `syncService`; a real v1.36.2 says so now and then
  it('are made a second time where the news of a Pod is faster than that of the Endpoints', () => {
    const failures = (chance: 'fixed' | 'drawn', seed: number) => {
      const nodes = [{ name: 'node-1', internalIP: '10.0.0.11' }];
      const cluster = new Cluster({ name: 'race', kubelet: 'fake', chance, nodes }, { seed });
      cluster.advance(1000);
      service(cluster, {});
      cluster.advance(3);
      pod(cluster);
      cluster.advance(3000);
      expect(endpoints(cluster)?.subsets).toHaveLength(1);
      return events(cluster.client(), 'Endpoints');
    };
    const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
    expect(seeds.flatMap((seed) => failures('fixed', seed))).toEqual([]);
    expect(new Set(seeds.flatMap((seed) => failures('drawn', seed)))).toEqual(
      new Set([
        'FailedToCreateEndpoint: Failed to create endpoint for service default/web: endpoints "web" already exists',
      ]),
    );
  });
});
