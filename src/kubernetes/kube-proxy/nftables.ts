import type { Rule, Target } from '../network/netfilter/rule';
import {
  type Chain,
  type Collection,
  type Hook,
  type Ruleset,
  type Table,
  withTable,
} from '../network/netfilter/ruleset';
import { nftablesName } from './names';
import { type Backend, type ServicePort, backendText } from './service-ports';

// pkg/proxy/nftables/proxier.go

type Rules = readonly Rule[];

const jump = (chain: string): Target => ({ kind: 'jump', chain });
const goto = (chain: string): Target => ({ kind: 'goto', chain });
const isNew = { kind: 'conntrack', states: ['NEW'] } as const;
const toNodePort = { kind: 'set', end: 'dst', set: 'nodeport-ips' } as const;
const masqueradeMark = { kind: 'mark', value: 0x4000, mask: 0x4000 } as const;

const hooks: Readonly<Record<string, Hook>> = {
  'filter-prerouting-pre-dnat': { type: 'filter', hook: 'prerouting', priority: -110, label: 'dstnat - 10' },
  'filter-output-pre-dnat': { type: 'filter', hook: 'output', priority: -110, label: '-110' },
  'filter-input': { type: 'filter', hook: 'input', priority: 0, label: 'filter' },
  'filter-forward': { type: 'filter', hook: 'forward', priority: 0, label: 'filter' },
  'filter-output': { type: 'filter', hook: 'output', priority: 0, label: 'filter' },
  'nat-prerouting': { type: 'nat', hook: 'prerouting', priority: -100, label: 'dstnat' },
  'nat-output': { type: 'nat', hook: 'output', priority: -100, label: '-100' },
  'nat-postrouting': { type: 'nat', hook: 'postrouting', priority: 100, label: 'srcnat' },
};

/** The table `ip kube-proxy` (and its empty IPv6 twin) made anew. */
export function withNftablesServices(
  ruleset: Ruleset,
  services: readonly ServicePort[],
  podCIDR: string,
  nodeIP: string,
): Ruleset {
  const table = tableFor('ip', services, podCIDR, nodeIP);
  return withTable(withTable(ruleset, table), tableFor('ip6', [], podCIDR, ''));
}

function tableFor(
  family: 'ip' | 'ip6',
  services: readonly ServicePort[],
  podCIDR: string,
  nodeIP: string,
): Omit<Table, 'registered'> {
  const chains: Chain[] = fixedChains().map(([name, rules]) => ({ name, rules, policy: 'accept', hook: hooks[name] }));
  for (const service of services) {
    for (const [name, rules] of serviceChains(service, podCIDR)) chains.push({ name, rules, policy: 'accept' });
  }
  const collections = collectionsFor(services, nodeIP);
  return { family, name: 'kube-proxy', owner: 'nftables', comment: 'rules for kube-proxy', chains, collections };
}

function fixedChains(): [string, Rules][] {
  const check = (chain: string): Rule => ({ matches: [isNew], target: jump(chain) });
  return [
    ['filter-prerouting-pre-dnat', [check('firewall-check')]],
    ['filter-output-pre-dnat', [check('firewall-check')]],
    ['filter-input', [check('nodeport-endpoints-check'), check('service-endpoints-check')]],
    ['filter-forward', [check('service-endpoints-check'), check('cluster-ips-check')]],
    ['filter-output', [check('service-endpoints-check'), check('cluster-ips-check')]],
    ['nat-prerouting', [{ matches: [], target: jump('services') }]],
    ['nat-output', [{ matches: [], target: jump('services') }]],
    ['nat-postrouting', [{ matches: [], target: jump('masquerading') }]],
    ['reject-chain', [{ matches: [], target: { kind: 'reject', with: 'icmp-port-unreachable' } }]],
    [
      'masquerading',
      [
        {
          matches: [{ kind: 'set', end: 'flow', set: 'hairpin-connections' }],
          target: { kind: 'masquerade', randomFully: true },
        },
        { matches: [{ kind: 'mark', value: 0, mask: 0x4000 }], target: { kind: 'return' } },
        { matches: [], target: { kind: 'mark', value: 0x4000, mask: 0 } },
        { matches: [], target: { kind: 'masquerade', randomFully: true } },
      ],
    ],
    [
      'services',
      [
        { matches: [], target: { kind: 'vmap', keys: ['daddr', 'protocol', 'dport'], map: 'service-ips' } },
        { matches: [toNodePort], target: { kind: 'vmap', keys: ['protocol', 'dport'], map: 'service-nodeports' } },
      ],
    ],
    [
      'service-endpoints-check',
      [{ matches: [], target: { kind: 'vmap', keys: ['daddr', 'protocol', 'dport'], map: 'no-endpoint-services' } }],
    ],
    [
      'nodeport-endpoints-check',
      [{ matches: [toNodePort], target: { kind: 'vmap', keys: ['protocol', 'dport'], map: 'no-endpoint-nodeports' } }],
    ],
    [
      'cluster-ips-check',
      [
        {
          matches: [{ kind: 'set', end: 'dst', set: 'cluster-ips' }],
          target: { kind: 'reject', with: 'icmp-port-unreachable' },
          comment: 'Reject traffic to invalid ports of ClusterIPs',
        },
      ],
    ],
    [
      'firewall-check',
      [{ matches: [], target: { kind: 'vmap', keys: ['daddr', 'protocol', 'dport'], map: 'firewall-ips' } }],
    ],
  ];
}

function names(service: ServicePort) {
  const base = nftablesName(service.namespace, service.service, service.protocol, service.portName);
  return { service: `service-${base}`, local: `local-${base}`, external: `external-${base}` };
}

function serviceChains(service: ServicePort, podCIDR: string): [string, Rules][] {
  if (service.cluster.length === 0) return [];
  const chain = names(service);
  const chains: [string, Rules][] = [[chain.service, [spread(service, service.cluster)]]];
  const usesLocal = service.internalLocal || (service.externalLocal && hasOutside(service));
  if (usesLocal && service.local.length > 0) chains.push([chain.local, [spread(service, service.local)]]);
  if (hasOutside(service)) chains.push([chain.external, externalRules(service, chain, podCIDR)]);
  return chains;
}

function externalRules(service: ServicePort, chain: ReturnType<typeof names>, podCIDR: string): Rules {
  const fromLocal = { kind: 'addrtype', end: 'src' } as const;
  if (!service.externalLocal) {
    return [
      { matches: [], target: masqueradeMark, comment: 'masquerade' },
      { matches: [], target: goto(chain.service) },
    ];
  }
  return [
    { source: { value: podCIDR }, matches: [], target: goto(chain.service), comment: 'short-circuit pod traffic' },
    { matches: [fromLocal], target: masqueradeMark, comment: 'masquerade local traffic' },
    { matches: [fromLocal], target: goto(chain.service), comment: 'short-circuit local traffic' },
    ...(service.local.length > 0 ? [{ matches: [], target: goto(chain.local) }] : []),
  ];
}

function spread(service: ServicePort, backends: readonly Backend[]): Rule {
  return {
    protocol: { value: service.protocol },
    matches: [],
    target: { kind: 'dnat', to: backends.map(({ address, port }) => ({ address, port })), spread: true },
  };
}

function hasOutside(service: ServicePort): boolean {
  return service.nodePort !== undefined || service.externalIPs.length > 0;
}

function collectionsFor(services: readonly ServicePort[], nodeIP: string): Collection[] {
  const serviceIPs: Collection['elements'][number][] = [];
  const nodePorts: Collection['elements'][number][] = [];
  const noServices: Collection['elements'][number][] = [];
  const noNodePorts: Collection['elements'][number][] = [];
  for (const service of services) {
    const { protocol } = service;
    const chain = names(service);
    const any = service.cluster.length > 0;
    const refused: Target = any ? { kind: 'drop' } : goto('reject-chain');
    const internal = service.internalLocal ? service.local : service.cluster;
    for (const ip of service.clusterIPs) {
      const key = `${ip} . ${protocol} . ${service.port}`;
      if (internal.length > 0)
        serviceIPs.push({ key, verdict: goto(service.internalLocal ? chain.local : chain.service) });
      else noServices.push({ key, comment: service.name, verdict: refused });
    }
    if (service.nodePort === undefined) continue;
    const key = `${protocol} . ${service.nodePort}`;
    if (any) nodePorts.push({ key, verdict: goto(chain.external) });
    if ((service.externalLocal ? service.local : service.cluster).length === 0) {
      noNodePorts.push({ key, comment: service.name, verdict: refused });
    }
  }
  const own = new Map<string, string>();
  for (const service of services) {
    for (const backend of service.local) {
      const { address, port } = backend;
      own.set(`${backendText(backend)} ${service.protocol}`, `${address} . ${address} . ${service.protocol} . ${port}`);
    }
  }
  const triple = 'ipv4_addr . inet_proto . inet_service : verdict';
  const pair = 'inet_proto . inet_service : verdict';
  const keys = (list: Iterable<string>) => [...new Set(list)].map((key) => ({ key }));
  return [
    set(
      'hairpin-connections',
      'ipv4_addr . ipv4_addr . inet_proto . inet_service',
      'service hairpin connections',
      keys(own.values()),
    ),
    set('cluster-ips', 'ipv4_addr', 'Active ClusterIPs', keys(services.flatMap((service) => service.clusterIPs))),
    set('nodeport-ips', 'ipv4_addr', 'IPs that accept NodePort traffic', nodeIP ? [{ key: nodeIP }] : []),
    map('no-endpoint-services', triple, 'vmap to drop or reject packets to services with no endpoints', noServices),
    map(
      'no-endpoint-nodeports',
      pair,
      'vmap to drop or reject packets to service nodeports with no endpoints',
      noNodePorts,
    ),
    map('firewall-ips', triple, 'destinations that are subject to LoadBalancerSourceRanges', []),
    map('service-ips', triple, 'ClusterIP, ExternalIP and LoadBalancer IP traffic', serviceIPs),
    map('service-nodeports', pair, 'NodePort traffic', nodePorts),
  ];
}

function set(name: string, type: string, comment: string, elements: Collection['elements']): Collection {
  return { name, kind: 'set', type, comment, elements };
}

function map(name: string, type: string, comment: string, elements: Collection['elements']): Collection {
  return { name, kind: 'map', type, comment, elements };
}
