import { describe, expect, it } from 'vitest';
import type { Service } from '@/kubernetes/api/generated/core-v1';
import type { EndpointSlice } from '@/kubernetes/api/generated/discovery-v1';
import { withServices } from '@/kubernetes/kube-proxy/iptables';
import { withNftablesServices } from '@/kubernetes/kube-proxy/nftables';
import { servicePorts } from '@/kubernetes/kube-proxy/service-ports';
import { tableLines } from '@/kubernetes/network/netfilter/iptables-text';
import { tableText } from '@/kubernetes/network/netfilter/nft-text';
import { type Ruleset, builtinTable, emptyRuleset, tableOf, withTable } from '@/kubernetes/network/netfilter/ruleset';

// What a real kube-proxy v1.36.2 writes for such Services, line by line (pkg/proxy/iptables/proxier.go, pkg/proxy/nftables/proxier.go).

type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];

const settings = { podCIDR: '10.244.0.0/16', nodeIP: '192.168.189.201', serviceCIDR: '10.96.0.0/12' };
const metadata = (name: string, labels = {}) => ({
  ...{ name, namespace: 'default', uid: name, resourceVersion: '1', creationTimestamp: '2026-01-05T09:00:00Z' },
  labels,
});

function service(spec: object, ingress: object[] = [], labels = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('echo', labels),
    spec: { clusterIP: '10.96.0.80', ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }], ...spec },
    status: { loadBalancer: { ingress } },
  };
}

function slice(endpoints: Endpoint[], ports: object = { name: '', port: 8080, protocol: 'TCP' }): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: metadata('echo-x', { 'kubernetes.io/service-name': 'echo' }),
    addressType: 'IPv4',
    endpoints,
    ports: [ports],
  };
}

const on = (node: string, address: string, more: Partial<Endpoint> = {}): Endpoint => ({
  ...{ addresses: [address], nodeName: node, conditions: { ready: true } },
  ...more,
});
const here = on('node1', '10.244.1.5');
const there = on('node2', '10.244.2.7');

function iptables(object: Service, endpoints: Endpoint[]): Ruleset {
  let ruleset = emptyRuleset;
  for (const name of ['filter', 'nat']) {
    const table = builtinTable(name);
    if (table) ruleset = withTable(ruleset, table);
  }
  return withServices(ruleset, servicePorts([object], [slice(endpoints)], 'node1'), settings);
}

function iptablesLines(table: string, object: Service, endpoints: Endpoint[], pattern: RegExp): string[] {
  const found = tableOf(iptables(object, endpoints), table);
  return found ? tableLines(found).filter((line) => pattern.test(line)) : [];
}

function nftBlock(ruleset: Ruleset, name: RegExp, family: 'ip' | 'ip6' = 'ip'): string[] {
  const table = tableOf(ruleset, 'kube-proxy', family);
  const lines = table ? tableText(table, { count: () => ({ packets: 0, bytes: 0 }) }) : [];
  const from = lines.findIndex((line) => name.test(line));
  return from < 0 ? [] : lines.slice(from, lines.indexOf('\t}', from)).map((line) => line.trim());
}

const nftables = (object: Service, endpoints: Endpoint[], before = emptyRuleset, drop?: (chain: string) => boolean) =>
  withNftablesServices(before, servicePorts([object], [slice(endpoints)], 'node1'), settings, drop);

const balanced = service({ type: 'LoadBalancer', loadBalancerSourceRanges: [' 192.168.0.0/16', '5.6.7.0/24'] }, [
  { ip: '100.64.0.9' },
  { ip: '100.64.0.10', ipMode: 'Proxy' },
  { hostname: 'lb.example' },
]);

describe("a load balancer's addresses with source ranges", () => {
  it('lead through a firewall chain in iptables mode', () => {
    expect(iptablesLines('nat', balanced, [here], /KUBE-FW|loadbalancer/)).toEqual([
      '-N KUBE-FW-HV6DMF63W6MGLRDE',
      '-A KUBE-FW-HV6DMF63W6MGLRDE -s 192.168.0.0/16 -m comment --comment "default/echo loadbalancer IP" -j KUBE-EXT-HV6DMF63W6MGLRDE',
      '-A KUBE-FW-HV6DMF63W6MGLRDE -s 5.6.7.0/24 -m comment --comment "default/echo loadbalancer IP" -j KUBE-EXT-HV6DMF63W6MGLRDE',
      '-A KUBE-FW-HV6DMF63W6MGLRDE -s 100.64.0.9/32 -m comment --comment "default/echo loadbalancer IP" -j KUBE-EXT-HV6DMF63W6MGLRDE',
      '-A KUBE-FW-HV6DMF63W6MGLRDE -m comment --comment "other traffic to default/echo will be dropped by KUBE-PROXY-FIREWALL"',
      '-A KUBE-SERVICES -d 100.64.0.9/32 -p tcp -m comment --comment "default/echo loadbalancer IP" -m tcp --dport 80 -j KUBE-FW-HV6DMF63W6MGLRDE',
    ]);
    expect(iptablesLines('filter', balanced, [here], /-A KUBE-PROXY-FIREWALL/)).toEqual([
      '-A KUBE-PROXY-FIREWALL -d 100.64.0.9/32 -p tcp -m comment --comment "default/echo traffic not accepted by KUBE-FW-HV6DMF63W6MGLRDE" -m tcp --dport 80 -j DROP',
    ]);
  });

  it('stand in a map of their own in nftables mode', () => {
    const ruleset = nftables(balanced, [here]);
    expect(nftBlock(ruleset, /map firewall-ips/)).toContain(
      'elements = { 100.64.0.9 . tcp . 80 : goto firewall-LAZWMU44-default/echo/tcp/ }',
    );
    expect(nftBlock(ruleset, /chain firewall-L/)).toEqual([
      'chain firewall-LAZWMU44-default/echo/tcp/ {',
      'ip saddr != { 5.6.7.0/24, 100.64.0.9, 192.168.0.0/16 } drop',
    ]);
  });

  it('let everybody in with a range of all, and refuse with no endpoints', () => {
    const open = service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['0.0.0.0/0'] }, [{ ip: '100.64.0.9' }]);
    expect(iptablesLines('nat', open, [here], /KUBE-FW/)).toEqual([]);
    expect(iptablesLines('filter', open, [], /-A KUBE-EXTERNAL-SERVICES/)).toEqual([
      '-A KUBE-EXTERNAL-SERVICES -d 100.64.0.9/32 -p tcp -m comment --comment "default/echo has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
    ]);
  });
});

describe('a Service for the local Pods only', () => {
  it('has a port for health checks let in', () => {
    const checked = service({ type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 31979 });
    expect(iptablesLines('filter', checked, [there], /-A KUBE-NODEPORTS/)).toEqual([
      '-A KUBE-NODEPORTS -p tcp -m comment --comment "default/echo health check node port" -m tcp --dport 31979 -j ACCEPT',
    ]);
  });

  it('uses endpoints that end there, though others elsewhere are ready', () => {
    const ending = on('node1', '10.244.1.9', { conditions: { ready: false, serving: true, terminating: true } });
    const local = service({ externalIPs: ['203.0.113.7'], externalTrafficPolicy: 'Local' });
    const sep = /-A KUBE-SEP\S+ -p tcp.*DNAT/;
    const targets = iptablesLines('nat', local, [ending, there], sep).map((line) => line.split(' ').at(-1));
    expect(targets.sort()).toEqual(['10.244.1.9:8080', '10.244.2.7:8080']);
    expect(iptablesLines('nat', local, [ending, there], /-A KUBE-SVL/)).toHaveLength(1);
  });

  it('drops what comes to its ClusterIP with internalTrafficPolicy Local and none here', () => {
    const local = service({ internalTrafficPolicy: 'Local' });
    expect(iptablesLines('filter', local, [there], /has no local endpoints/)).toEqual([
      '-A KUBE-SERVICES -d 10.96.0.80/32 -p tcp -m comment --comment "default/echo has no local endpoints" -m tcp --dport 80 -j DROP',
    ]);
    // Nobody comes from outside, so the endpoints elsewhere are not even looked at.
    expect(iptablesLines('nat', local, [here, there], /-N KUBE-S(VC|EP)/)).toHaveLength(1);
  });
});

describe('hints of EndpointSlices (pkg/proxy/topology.go)', () => {
  const hinted = (hints: [Endpoint['hints'], Endpoint['hints']]) => {
    const endpoints = [on('node1', '10.244.1.5', { hints: hints[0] }), on('node2', '10.244.2.7', { hints: hints[1] })];
    const ports = servicePorts([service({})], [slice(endpoints)], 'node1', () => 'a');
    return ports[0]?.cluster.map(({ address }) => address);
  };
  const zone = (name: string) => ({ forZones: [{ name }] });
  const node = (name: string) => ({ forNodes: [{ name }] });

  it('keep to the zone, or closer, to the node', () => {
    expect(hinted([zone('b'), zone('a')])).toEqual(['10.244.2.7']);
    expect(
      hinted([
        { ...zone('b'), ...node('node1') },
        { ...zone('a'), ...node('node2') },
      ]),
    ).toEqual(['10.244.1.5']);
  });

  it('count for nothing where one is missing or none is meant for here', () => {
    expect(hinted([zone('a'), undefined])).toHaveLength(2);
    expect(hinted([zone('b'), zone('c')])).toHaveLength(2);
    expect(hinted([node('node2'), node('node3')])).toHaveLength(2);
  });
});

describe('which Services kube-proxy takes', () => {
  it('leaves those alone that another proxy takes', () => {
    const other = service({}, [], { 'service.kubernetes.io/service-proxy-name': 'mine' });
    expect(servicePorts([other], [slice([here])], 'node1')).toEqual([]);
  });

  it("matches an EndpointSlice's port by name and protocol", () => {
    const udp = slice([here], { name: '', port: 53, protocol: 'UDP' });
    expect(servicePorts([service({})], [udp], 'node1')[0]?.any).toBe(false);
  });
});

describe('the table of the nftables mode', () => {
  it('hides who asks a ClusterIP from outside, and loses what goes to addresses that no Service has', () => {
    const ruleset = nftables(service({}), [here]);
    expect(nftBlock(ruleset, /chain services/)).toEqual([
      'chain services {',
      'ip daddr @cluster-ips ip saddr != 10.244.0.0/16 meta mark set meta mark | 0x00004000 comment "masquerade clusterIP traffic from outside cluster"',
      'ip daddr . meta l4proto . th dport vmap @service-ips',
      'ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports',
    ]);
    expect(nftBlock(ruleset, /chain masquerading/).slice(1)).toEqual([
      'meta mark & 0x00004000 != 0x00000000 meta mark set meta mark ^ 0x00004000 masquerade fully-random',
      'ct status dnat ip saddr . ip daddr . meta l4proto . th dport @hairpin-connections masquerade fully-random',
    ]);
    expect(nftBlock(ruleset, /chain cluster-ips-check/).slice(1)).toEqual([
      'ip daddr @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"',
      'ip daddr 10.96.0.0/12 drop comment "Drop traffic to unallocated ClusterIPs"',
    ]);
    expect(nftBlock(ruleset, /chain reject-chain/).slice(1)).toEqual([
      'comment "helper for @no-endpoint-services / @no-endpoint-nodeports"',
      'reject',
    ]);
  });

  it('has a twin for IPv6 that takes node ports at every address but loopback', () => {
    const ruleset = nftables(service({}), [here]);
    expect(nftBlock(ruleset, /chain services/, 'ip6').slice(1)).toEqual([
      'ip6 daddr . meta l4proto . th dport vmap @service-ips',
      'fib daddr type local ip6 daddr != ::1 meta l4proto . th dport vmap @service-nodeports',
    ]);
    expect(nftBlock(ruleset, /set nodeport-ips/, 'ip6')).toEqual([]);
    expect(nftBlock(ruleset, /set cluster-ips/, 'ip6')).toContain('type ipv6_addr');
  });

  it('keeps affinity in a set for each back end', () => {
    const sticky = service({
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 7265 } },
      ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
    });
    const ports = servicePorts([sticky], [slice([here], { name: 'http', port: 8080, protocol: 'TCP' })], 'node1');
    const ruleset = withNftablesServices(emptyRuleset, ports, settings);
    const name = 'ZIESHE2Y-default/echo/tcp/http__10.244.1.5/8080';
    expect(nftBlock(ruleset, /set affinity/)).toEqual([
      `set affinity-${name} {`,
      'type ipv4_addr',
      'size 65535',
      'flags dynamic,timeout',
      'timeout 2h1m5s',
    ]);
    expect(nftBlock(ruleset, /chain endpoint-/)).toEqual([
      `chain endpoint-${name} {`,
      `update @affinity-${name} { ip saddr }`,
      'meta l4proto tcp dnat to 10.244.1.5:8080',
    ]);
    expect(nftBlock(ruleset, /chain service-\w+-default/).slice(1)).toEqual([
      `ip saddr @affinity-${name} goto endpoint-${name}`,
      `numgen random mod 1 vmap { 0 : goto endpoint-${name} }`,
    ]);
  });

  it('keeps chains in their places, and empties those of Services that are gone before they go', () => {
    const first = nftables(service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080, protocol: 'TCP' }] }), [
      here,
    ]);
    const emptied = withNftablesServices(first, [], settings, () => false);
    expect(nftBlock(emptied, /chain external-/)).toEqual(['chain external-LAZWMU44-default/echo/tcp/ {']);
    expect(nftBlock(withNftablesServices(emptied, [], settings), /chain external-/)).toEqual([]);
  });
});
