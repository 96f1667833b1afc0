import type { Rule, Target } from '../network/netfilter/rule';
import type { Chain, Collection, Hook } from '../network/netfilter/ruleset';

// pkg/proxy/nftables/proxier.go, setupNFTables: what stands in the table whatever Services there are.

export const jump = (chain: string): Target => ({ kind: 'jump', chain });
export const goto = (chain: string): Target => ({ kind: 'goto', chain });
const isNew = { kind: 'conntrack', states: ['NEW'] } as const;
const toClusterIP = { kind: 'set', end: 'dst', set: 'cluster-ips' } as const;

export const marked: Target = { kind: 'mark', value: 0x4000, mask: 0x4000 };

/** What differs between IPv4, which has Services, and IPv6, which has none here. */
export type Family =
  { readonly family: 'ip'; readonly podCIDR: string; readonly serviceCIDR: string } | { readonly family: 'ip6' };

const hooks: readonly [name: string, hook: Hook, targets: readonly string[]][] = [
  [
    'filter-prerouting-pre-dnat',
    { type: 'filter', hook: 'prerouting', priority: -110, label: 'dstnat - 10' },
    ['firewall-check'],
  ],
  ['filter-output-pre-dnat', { type: 'filter', hook: 'output', priority: -110, label: '-110' }, ['firewall-check']],
  [
    'filter-input',
    { type: 'filter', hook: 'input', priority: 0, label: 'filter' },
    ['nodeport-endpoints-check', 'service-endpoints-check'],
  ],
  [
    'filter-forward',
    { type: 'filter', hook: 'forward', priority: 0, label: 'filter' },
    ['service-endpoints-check', 'cluster-ips-check'],
  ],
  [
    'filter-output',
    { type: 'filter', hook: 'output', priority: 0, label: 'filter' },
    ['service-endpoints-check', 'cluster-ips-check'],
  ],
  ['nat-prerouting', { type: 'nat', hook: 'prerouting', priority: -100, label: 'dstnat' }, ['services']],
  ['nat-output', { type: 'nat', hook: 'output', priority: -100, label: '-100' }, ['services']],
  ['nat-postrouting', { type: 'nat', hook: 'postrouting', priority: 100, label: 'srcnat' }, ['masquerading']],
];

/** The base chains and those that they jump to, in the order in which they are made. */
export function fixedChains(family: Family): Chain[] {
  const base = hooks.map(([name, hook, targets]): Chain => {
    const matches = hook.type === 'filter' ? [isNew] : [];
    return { name, hook, policy: 'accept', rules: targets.map((target) => ({ matches, target: jump(target) })) };
  });
  const chain = (name: string, ...rules: Rule[]): Chain => ({ name, policy: 'accept', rules });
  const byPortal = (map: string): Rule => ({
    matches: [],
    target: { kind: 'vmap', keys: ['daddr', 'protocol', 'dport'], map },
  });
  const masquerade: Target = { kind: 'masquerade', randomFully: true };
  return [
    ...base,
    chain('nodeport-endpoints-check', nodePortRule(family, 'no-endpoint-nodeports')),
    chain('service-endpoints-check', byPortal('no-endpoint-services')),
    chain('firewall-check', byPortal('firewall-ips')),
    chain(
      'services',
      ...(family.family === 'ip' ? [maskedRule(family.podCIDR)] : []),
      byPortal('service-ips'),
      nodePortRule(family, 'service-nodeports'),
    ),
    chain(
      'masquerading',
      {
        matches: [{ kind: 'mark', value: 0, mask: 0x4000, not: true }],
        target: { ...masquerade, unmark: 0x4000 },
      },
      {
        matches: [{ kind: 'rewritten' }, { kind: 'set', end: 'flow', set: 'hairpin-connections' }],
        target: masquerade,
      },
    ),
    chain(
      'cluster-ips-check',
      {
        matches: [toClusterIP],
        target: { kind: 'reject', with: 'icmp-port-unreachable' },
        comment: 'Reject traffic to invalid ports of ClusterIPs',
      },
      ...(family.family === 'ip' ? [unallocatedRule(family.serviceCIDR)] : []),
    ),
    {
      ...chain('reject-chain', { matches: [], target: { kind: 'reject', with: 'icmp-port-unreachable' } }),
      comment: 'helper for @no-endpoint-services / @no-endpoint-nodeports',
    },
  ];
}

function maskedRule(podCIDR: string): Rule {
  return {
    matches: [toClusterIP, { kind: 'ranges', end: 'src', ranges: [podCIDR], not: true }],
    target: marked,
    comment: 'masquerade clusterIP traffic from outside cluster',
  };
}

function unallocatedRule(serviceCIDR: string): Rule {
  return {
    matches: [{ kind: 'ranges', end: 'dst', ranges: [serviceCIDR] }],
    target: { kind: 'drop' },
    comment: 'Drop traffic to unallocated ClusterIPs',
  };
}

/** Without Services a family has no node ports' addresses either: there every address but loopback would do. */
function nodePortRule({ family }: Family, map: string): Rule {
  const target: Target = { kind: 'vmap', keys: ['protocol', 'dport'], map };
  if (family === 'ip') return { matches: [{ kind: 'set', end: 'dst', set: 'nodeport-ips' }], target };
  const own = map === 'service-nodeports' ? [{ kind: 'addrtype', end: 'dst' } as const] : [];
  return { matches: [...own, { kind: 'ranges', end: 'dst', ranges: ['::1'], not: true }], target };
}

/** The sets and maps in the order in which they are made, with what is in each by its name. */
export function fixedCollections(
  { family }: Family,
  elements: ReadonlyMap<string, Collection['elements']>,
): Collection[] {
  const address = family === 'ip' ? 'ipv4_addr' : 'ipv6_addr';
  const portal = `${address} . inet_proto . inet_service : verdict`;
  const port = 'inet_proto . inet_service : verdict';
  const all: readonly [name: string, type: string, comment: string][] = [
    ['hairpin-connections', `${address} . ${address} . inet_proto . inet_service`, 'service hairpin connections'],
    ['cluster-ips', address, 'Active ClusterIPs'],
    ['nodeport-ips', address, 'IPs that accept NodePort traffic'],
    ['no-endpoint-services', portal, 'vmap to drop or reject packets to services with no endpoints'],
    ['no-endpoint-nodeports', port, 'vmap to drop or reject packets to service nodeports with no endpoints'],
    ['firewall-ips', portal, 'destinations that are subject to LoadBalancerSourceRanges'],
    ['service-ips', portal, 'ClusterIP, ExternalIP and LoadBalancer IP traffic'],
    ['service-nodeports', port, 'NodePort traffic'],
  ];
  return all
    .filter(([name]) => family === 'ip' || name !== 'nodeport-ips')
    .map(([name, type, comment]) => {
      const kind = type.endsWith('verdict') ? 'map' : 'set';
      return { name, kind, type, comment, elements: elements.get(name) ?? [] };
    });
}
