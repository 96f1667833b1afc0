import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { clusterZone } from '@/kubernetes/network/dns/cluster-zone';
import { candidates, resolveName } from '@/kubernetes/network/dns/resolver';
import { podResolver, resolverText } from '@/kubernetes/network/pod-files';
import { threeNodes } from './fixture';

const cluster = new Cluster({ ...threeNodes, kubelet: 'fake', lanDNS: { 'nas.home.example': '192.168.189.20' } });

beforeAll(() => {
  const client = cluster.client();
  const ports = [{ name: 'http', port: 80, protocol: 'TCP' as const, targetPort: 8080 }];
  const service = { apiVersion: 'v1', kind: 'Service', spec: { ports, clusterIP: '10.96.0.80' } };
  client.create('services', { ...service, metadata: { name: 'web', namespace: 'default' } });
  const headless = { ports, clusterIP: 'None' };
  client.create('services', { ...service, metadata: { name: 'db', namespace: 'default' }, spec: headless });
  client.create('endpointslices.discovery.k8s.io', {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'db-x', namespace: 'default', labels: { 'kubernetes.io/service-name': 'db' } },
    addressType: 'IPv4',
    endpoints: [
      { addresses: ['192.168.189.201'], hostname: 'db-0', conditions: { ready: true } },
      { addresses: ['192.168.189.202'], conditions: { ready: false } },
    ],
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  });
});

describe("the cluster's names", () => {
  const data = (name: string, type: 'A' | 'AAAA' | 'SRV' | 'PTR' = 'A') => {
    const answer = clusterZone(cluster.store, name, type);
    return answer && (answer.records.map((record) => record.data).join(' ') || answer.status);
  };

  it.each([
    ['web.default.svc.cluster.local', 'A', '10.96.0.80'],
    ['web.default.svc.cluster.local', 'AAAA', 'nodata'],
    ['kubernetes.default.svc.cluster.local', 'A', '10.96.0.1'],
    ['db.default.svc.cluster.local', 'A', '192.168.189.201'],
    ['db-0.db.default.svc.cluster.local', 'A', '192.168.189.201'],
    ['nosuch.default.svc.cluster.local', 'A', 'nxdomain'],
    ['_http._tcp.web.default.svc.cluster.local', 'SRV', '0 100 80 web.default.svc.cluster.local'],
    ['_http._tcp.db.default.svc.cluster.local', 'SRV', '0 100 8080 db-0.db.default.svc.cluster.local'],
    ['10-244-1-5.default.pod.cluster.local', 'A', '10.244.1.5'],
    ['80.0.96.10.in-addr.arpa', 'PTR', 'web.default.svc.cluster.local'],
    ['example.com', 'A', undefined],
  ] as const)('%s %s', (name, type, expected) => {
    expect(data(name, type)).toBe(expected);
  });
});

describe('a resolver', () => {
  const pod = (spec: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      namespace: 'default',
      uid: 'u',
      resourceVersion: '1',
      creationTimestamp: '2026-01-05T09:00:00Z',
    },
    spec: { containers: [], ...spec },
    status: {},
  });
  const node = 'nameserver 192.168.189.1\n';
  const clusterFile =
    'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n';

  it.each([
    ['an ordinary Pod', {}, clusterFile],
    ['hostNetwork without a policy', { hostNetwork: true }, node],
    ['hostNetwork with ClusterFirst', { hostNetwork: true, dnsPolicy: 'ClusterFirst' }, node],
    ['ClusterFirstWithHostNet', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }, clusterFile],
    ['Default', { dnsPolicy: 'Default' }, node],
    [
      'None',
      {
        dnsPolicy: 'None',
        dnsConfig: { nameservers: ['9.9.9.9'], searches: ['lab'], options: [{ name: 'ndots', value: '2' }] },
      },
      'search lab\nnameserver 9.9.9.9\noptions ndots:2\n',
    ],
    [
      'dnsConfig beside it',
      { hostNetwork: true, dnsConfig: { searches: ['home.example'] } },
      `search home.example\n${node}`,
    ],
  ])('%s', (_name, spec, expected) => {
    expect(resolverText(podResolver(pod(spec), cluster.world, node))).toBe(expected);
  });

  it('tries the search list first when a name has few dots', () => {
    const config = { nameservers: [], search: ['a', 'b'], options: ['ndots:2'] };
    expect(candidates('x.y', config)).toEqual(['x.y.a', 'x.y.b', 'x.y']);
    expect(candidates('x.y.z', config)).toEqual(['x.y.z', 'x.y.z.a', 'x.y.z.b']);
    expect(candidates('x.y.', config)).toEqual(['x.y']);
  });

  it("asks the LAN's router, which knows no name of the cluster", () => {
    const kernel = cluster.network.kernel('node1');
    const scene = { kernel, namespace: 'host', hostsFile: kernel.files.read('/etc/hosts') ?? '', resolverFile: node };
    expect(resolveName(cluster, scene, 'nas.home.example')).toMatchObject({ addresses: ['192.168.189.20'] });
    expect(resolveName(cluster, scene, 'node2')).toMatchObject({ addresses: ['192.168.189.202'], fromFile: true });
    expect(resolveName(cluster, scene, 'web.default.svc.cluster.local')).toBe('nxdomain');
  });

  it('hears nothing from a cluster DNS that does not run', () => {
    const kernel = cluster.network.kernel('node1');
    const scene = { kernel, namespace: 'host', hostsFile: '', resolverFile: 'nameserver 10.96.0.10\n' };
    expect(resolveName(cluster, scene, 'web.default.svc.cluster.local')).toBe('silent');
  });
});
