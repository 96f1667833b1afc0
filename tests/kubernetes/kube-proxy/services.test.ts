import { describe, expect, it } from 'vitest';
import type { Service } from '@/kubernetes/api/generated/core-v1';
import type { EndpointSlice } from '@/kubernetes/api/generated/discovery-v1';
import { withServices } from '@/kubernetes/kube-proxy/iptables';
import { chainNames, nftablesName } from '@/kubernetes/kube-proxy/names';
import { withNftablesServices } from '@/kubernetes/kube-proxy/nftables';
import { servicePorts } from '@/kubernetes/kube-proxy/service-ports';
import { tableLines } from '@/kubernetes/network/netfilter/iptables-text';
import { tableOf } from '@/kubernetes/network/netfilter/ruleset';
import type { Network } from '@/kubernetes/network/network';
import { ask, echo, network, startProcess } from '../network/fixture';

type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];

const metadata = (name: string, labels = {}) => ({
  name,
  namespace: 'default',
  uid: name,
  resourceVersion: '1',
  creationTimestamp: '2026-01-05T09:00:00Z',
  labels,
});

function service(spec: Partial<NonNullable<Service['spec']>> = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('echo'),
    status: {},
    spec: {
      clusterIP: '10.96.0.80',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 8080, nodePort: 30080 }],
      ...spec,
    },
  };
}

function slice(endpoints: Endpoint[]): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: metadata('echo-x', { 'kubernetes.io/service-name': 'echo' }),
    addressType: 'IPv4',
    endpoints,
    ports: [{ port: 8080, protocol: 'TCP' }],
  };
}

const on = (node: string, address: string, ready = true): Endpoint => ({
  addresses: [address],
  nodeName: node,
  conditions: { ready },
});
const both = [on('node1', '192.168.189.201'), on('node2', '192.168.189.202')];

const settings = (nodeIP: string) => ({ nodeIP, podCIDR: '10.244.0.0/16', serviceCIDR: '10.96.0.0/12' });

/** A network whose nodes have the rules, with a program on 8080 of both workers. */
function withRules(object: Service, endpoints: Endpoint[], mode: 'iptables' | 'nftables' = 'iptables'): Network {
  const net = network();
  for (const node of net.world.nodes) {
    const kernel = net.kernel(node.name);
    const ports = servicePorts([object], [slice(endpoints)], node.name);
    kernel.setRules(
      mode === 'iptables'
        ? withServices(kernel.rules(), ports, settings(node.internalIP))
        : withNftablesServices(kernel.rules(), ports, settings(node.internalIP)),
    );
    if (node.name !== 'k8smaster')
      kernel.listen(startProcess(net, node.name).pid, { address: '::', port: 8080, app: echo });
  }
  return net;
}

function lines(net: Network, table: string, pattern: RegExp): string[] {
  const found = tableOf(net.kernel('node1').rules(), table);
  return found ? tableLines(found).filter((line) => pattern.test(line)) : [];
}

describe('names', () => {
  it('are the hashes that kube-proxy cuts', () => {
    expect(chainNames.service('default/kubernetes:https', 'tcp')).toBe('KUBE-SVC-NPX46M4PTMTKRN6Y');
    expect(chainNames.endpoint('default/kubernetes:https', 'tcp', '192.168.189.200:6443')).toBe(
      'KUBE-SEP-E3GV2U3YAZPDOE57',
    );
    expect(nftablesName('default', 'kubernetes', 'tcp', 'https')).toBe('2QRHZV4L-default/kubernetes/tcp/https');
  });
});

describe('rules of the iptables mode', () => {
  it('spread over back ends by probability', () => {
    const net = withRules(service(), both);
    const [chain] = lines(net, 'nat', /^-N KUBE-SVC/).map((line) => line.slice(3));
    expect(lines(net, 'nat', new RegExp(`^-A ${chain ?? ''}`))).toEqual([
      `-A ${chain} ! -s 10.244.0.0/16 -d 10.96.0.80/32 -p tcp -m comment --comment "default/echo cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ`,
      `-A ${chain} -m comment --comment "default/echo -> 192.168.189.201:8080" -m statistic --mode random --probability 0.50000000000 -j ${chainNames.endpoint('default/echo', 'tcp', '192.168.189.201:8080')}`,
      `-A ${chain} -m comment --comment "default/echo -> 192.168.189.202:8080" -j ${chainNames.endpoint('default/echo', 'tcp', '192.168.189.202:8080')}`,
    ]);
  });

  it('refuse a Service without endpoints', () => {
    const net = withRules(service(), []);
    expect(lines(net, 'filter', /has no endpoints/)).toEqual([
      '-A KUBE-EXTERNAL-SERVICES -p tcp -m comment --comment "default/echo has no endpoints" -m addrtype --dst-type LOCAL -m tcp --dport 30080 -j REJECT --reject-with icmp-port-unreachable',
      '-A KUBE-SERVICES -d 10.96.0.80/32 -p tcp -m comment --comment "default/echo has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
    ]);
    expect(ask(net, 'node1', '10.96.0.80', 80)).toBe('refused');
    expect(ask(net, 'client', '192.168.189.201', 30080)).toBe('refused');
  });

  it('keep session affinity', () => {
    const net = withRules(service({ sessionAffinity: 'ClientIP' }), both);
    const seen = Array.from(
      { length: 8 },
      () =>
        net.request(
          { kernel: net.kernel('client'), namespace: 'host' },
          { protocol: 'TCP', address: '192.168.189.200', port: 30080 },
        ).walk.packet.destination,
    );
    expect(new Set(seen).size).toBe(1);
  });
});

describe.each(['iptables', 'nftables'] as const)('Services in %s mode', (mode) => {
  it('reach a ClusterIP from a node, with its own address', () => {
    const net = withRules(service(), [both[1] ?? on('node2', '')], mode);
    expect(ask(net, 'node1', '10.96.0.80', 80)).toBe('192.168.189.201');
    expect(ask(net, 'client', '10.96.0.80', 80)).toBe('timeout');
  });

  it('hide the client of a NodePort behind the node it came to, unless the policy is Local', () => {
    const cluster = withRules(service(), [on('node1', '192.168.189.201')], mode);
    expect(ask(cluster, 'client', '192.168.189.202', 30080)).toBe('192.168.189.202');
    expect(ask(cluster, 'client', '192.168.189.201', 30080)).toBe('192.168.189.10');
    const local = withRules(service({ externalTrafficPolicy: 'Local' }), [on('node1', '192.168.189.201')], mode);
    expect(ask(local, 'client', '192.168.189.201', 30080)).toBe('192.168.189.10');
    expect(ask(local, 'client', '192.168.189.202', 30080)).toBe('timeout');
  });

  it('keep a NodePort off loopback with nftables, not with iptables', () => {
    const net = withRules(service(), [on('node1', '192.168.189.201')], mode);
    expect(ask(net, 'node1', '127.0.0.1', 30080)).toBe(mode === 'iptables' ? '192.168.189.201' : 'refused');
  });

  it('refuse or lose a port that no Service has', () => {
    const net = withRules(service(), both, mode);
    expect(ask(net, 'node1', '10.96.0.80', 81)).toBe(mode === 'nftables' ? 'refused' : 'timeout');
  });
});

describe('back ends', () => {
  it('collapse by address and port: the last that is not terminating decides', () => {
    const twin = [on('node1', '192.168.189.201', true), on('node1', '192.168.189.201', false)];
    expect(servicePorts([service()], [slice(twin)], 'node1')[0]?.cluster).toEqual([]);
    expect(servicePorts([service()], [slice([...twin].reverse())], 'node1')[0]?.cluster).toHaveLength(1);
  });

  it('that terminate are used when nothing else is left', () => {
    const ending: Endpoint = {
      addresses: ['10.244.1.5'],
      nodeName: 'node1',
      conditions: { ready: false, serving: true, terminating: true },
    };
    expect(servicePorts([service()], [slice([ending])], 'node1')[0]?.cluster).toHaveLength(1);
    expect(servicePorts([service()], [slice([ending, ...both])], 'node1')[0]?.cluster).toHaveLength(2);
  });

  it('of a headless Service get no rules', () => {
    expect(servicePorts([service({ clusterIP: 'None' })], [slice(both)], 'node1')).toEqual([]);
  });
});
