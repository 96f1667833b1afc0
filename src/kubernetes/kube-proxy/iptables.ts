import type { Match, Negatable, Rule, Target } from '../network/netfilter/rule';
import { type Ruleset, builtinTable, tableOf, withChain, withTable } from '../network/netfilter/ruleset';
import { chainNames } from './names';
import { type Backend, type ServicePort, backendText } from './service-ports';

// pkg/proxy/iptables/proxier.go

/** The chains of one table as kube-proxy would have them, by name. */
type Chains = Map<string, Rule[]>;

const comment = (text: string): Match => ({ kind: 'comment', text });
const jump = (chain: string): Target => ({ kind: 'jump', chain });
const isNew: Match = { kind: 'conntrack', states: ['NEW'] };
const toLocal: Match = { kind: 'addrtype', end: 'dst' };
const ports = (protocol: string, dport?: number): Match => ({
  kind: 'ports',
  protocol,
  dport: dport === undefined ? undefined : { value: String(dport) },
});

/** Jumps from the built-in chains. kube-proxy puts each before what is there, so the last stands first. */
const jumps: readonly { table: 'filter' | 'nat'; from: string; to: string; matches: readonly Match[] }[] = [
  ...['INPUT', 'FORWARD'].map((from) => ({
    table: 'filter' as const,
    from,
    to: 'KUBE-EXTERNAL-SERVICES',
    matches: [isNew, comment('kubernetes externally-visible service portals')],
  })),
  { table: 'filter', from: 'INPUT', to: 'KUBE-NODEPORTS', matches: [comment('kubernetes health check service ports')] },
  ...['FORWARD', 'OUTPUT'].map((from) => ({
    table: 'filter' as const,
    from,
    to: 'KUBE-SERVICES',
    matches: [isNew, comment('kubernetes service portals')],
  })),
  { table: 'filter', from: 'FORWARD', to: 'KUBE-FORWARD', matches: [comment('kubernetes forwarding rules')] },
  ...['INPUT', 'OUTPUT', 'FORWARD'].map((from) => ({
    table: 'filter' as const,
    from,
    to: 'KUBE-PROXY-FIREWALL',
    matches: [isNew, comment('kubernetes load balancer firewall')],
  })),
  { table: 'nat', from: 'OUTPUT', to: 'KUBE-SERVICES', matches: [comment('kubernetes service portals')] },
  { table: 'nat', from: 'PREROUTING', to: 'KUBE-SERVICES', matches: [comment('kubernetes service portals')] },
  { table: 'nat', from: 'POSTROUTING', to: 'KUBE-POSTROUTING', matches: [comment('kubernetes postrouting rules')] },
];

/** The packet filter with everything that kube-proxy in iptables mode keeps in it made anew. */
export function withServices(ruleset: Ruleset, services: readonly ServicePort[], podCIDR: string): Ruleset {
  const { filter, nat } = desired(services, podCIDR);
  let result = ruleset;
  for (const name of ['filter', 'nat'] as const) {
    const chains = name === 'filter' ? filter : nat;
    let table = tableOf(result, name) ?? builtinTable(name);
    if (!table) continue;
    table = {
      ...table,
      chains: table.chains.filter((chain) => chains.has(chain.name) || !/^KUBE-(SVC|SVL|SEP|EXT)-/.test(chain.name)),
    };
    for (const [chain, rules] of chains) table = withChain(table, chain, () => rules);
    for (const { from, to, matches } of jumps.filter((entry) => entry.table === name)) {
      table = withChain(table, from, (rules) =>
        rules.some((rule) => isJump(rule, to)) ? rules : [{ matches, target: jump(to) }, ...rules],
      );
    }
    result = withTable(result, table);
  }
  return result;
}

/** The packet filter without anything of kube-proxy's iptables mode: what another mode does when it starts. */
export function withoutServices(ruleset: Ruleset): Ruleset {
  const own =
    /^KUBE-(SVC|SVL|SEP|EXT)-|^KUBE-(SERVICES|NODEPORTS|POSTROUTING|MARK-MASQ|EXTERNAL-SERVICES|FORWARD|PROXY-FIREWALL|PROXY-CANARY)$/;
  let result = ruleset;
  for (const name of ['filter', 'nat']) {
    const table = tableOf(result, name);
    if (!table) continue;
    const chains = table.chains
      .filter((chain) => !own.test(chain.name))
      .map((chain) => ({
        ...chain,
        rules: chain.rules.filter((rule) => !(rule.target?.kind === 'jump' && own.test(rule.target.chain))),
      }));
    result = withTable(result, { ...table, chains });
  }
  return result;
}

function isJump(rule: Rule, chain: string): boolean {
  return rule.target?.kind === 'jump' && rule.target.chain === chain;
}

function desired(services: readonly ServicePort[], podCIDR: string): { filter: Chains; nat: Chains } {
  const nat: Chains = new Map<string, Rule[]>([
    ['KUBE-PROXY-CANARY', []],
    ['KUBE-SERVICES', []],
    ['KUBE-NODEPORTS', []],
    ['KUBE-MARK-MASQ', [{ matches: [], target: { kind: 'mark', value: 0x4000, mask: 0x4000 } }]],
    [
      'KUBE-POSTROUTING',
      [
        { matches: [{ kind: 'mark', value: 0x4000, mask: 0x4000, not: true }], target: { kind: 'return' } },
        { matches: [], target: { kind: 'mark', value: 0x4000, mask: 0 } },
        {
          matches: [comment('kubernetes service traffic requiring SNAT')],
          target: { kind: 'masquerade', randomFully: true },
        },
      ],
    ],
  ]);
  const filter: Chains = new Map<string, Rule[]>([
    ['KUBE-PROXY-CANARY', []],
    ['KUBE-EXTERNAL-SERVICES', []],
    ['KUBE-NODEPORTS', []],
    ['KUBE-SERVICES', []],
    [
      'KUBE-FORWARD',
      [
        {
          matches: [
            { kind: 'conntrack', states: ['INVALID'] },
            { kind: 'nfacct', name: 'ct_state_invalid_dropped_pkts' },
          ],
          target: { kind: 'drop' },
        },
        {
          matches: [comment('kubernetes forwarding rules'), { kind: 'mark', value: 0x4000, mask: 0x4000 }],
          target: { kind: 'accept' },
        },
        {
          matches: [
            comment('kubernetes forwarding conntrack rule'),
            { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED'] },
          ],
          target: { kind: 'accept' },
        },
      ],
    ],
    ['KUBE-PROXY-FIREWALL', []],
  ]);
  for (const service of services) addService(service, { filter, nat }, podCIDR);
  const last = 'kubernetes service nodeports; NOTE: this must be the last rule in this chain';
  nat.get('KUBE-SERVICES')?.push({ matches: [comment(last), toLocal], target: jump('KUBE-NODEPORTS') });
  return { filter, nat };
}

function addService(service: ServicePort, { filter, nat }: { filter: Chains; nat: Chains }, podCIDR: string): void {
  const { name, protocol } = service;
  const chains = {
    service: chainNames.service(name, protocol),
    local: chainNames.local(name, protocol),
    external: chainNames.external(name, protocol),
  };
  const proto: Negatable = { value: protocol };
  const internal = service.internalLocal ? service.local : service.cluster;
  const external = service.externalLocal ? service.local : service.cluster;
  const any = service.cluster.length > 0;
  const internalChain = service.internalLocal ? chains.local : chains.service;
  const why = any ? 'has no local endpoints' : 'has no endpoints';
  const refuse: Target = any ? { kind: 'drop' } : { kind: 'reject', with: 'icmp-port-unreachable' };
  for (const ip of service.clusterIPs) {
    const matches = [comment(`${name} cluster IP`), ports(protocol, service.port)];
    if (internal.length > 0) {
      add(nat, 'KUBE-SERVICES', {
        destination: { value: `${ip}/32` },
        protocol: proto,
        matches,
        target: jump(internalChain),
      });
    } else {
      const noEndpoints = [comment(`${name} ${why}`), ports(protocol, service.port)];
      add(filter, 'KUBE-SERVICES', {
        destination: { value: `${ip}/32` },
        protocol: proto,
        matches: noEndpoints,
        target: refuse,
      });
    }
  }
  const outside: { destination?: Negatable; local: boolean; port: number; comment: string }[] = [
    ...service.externalIPs.map((ip) => ({
      destination: { value: `${ip}/32` },
      local: false,
      port: service.port,
      comment: `${name} external IP`,
    })),
    ...(service.nodePort === undefined ? [] : [{ local: true, port: service.nodePort, comment: name }]),
  ];
  for (const entry of outside) {
    const matches = [comment(entry.comment), ports(protocol, entry.port)];
    if (any) {
      const chain = entry.local ? 'KUBE-NODEPORTS' : 'KUBE-SERVICES';
      if (entry.local) {
        const loopback = [...matches, { kind: 'nfacct' as const, name: 'localhost_nps_accepted_pkts' }];
        const destination = { value: '127.0.0.0/8' };
        add(nat, chain, { destination, protocol: proto, matches: loopback, target: jump(chains.external) });
      }
      add(nat, chain, { destination: entry.destination, protocol: proto, matches, target: jump(chains.external) });
    }
    if (external.length === 0) {
      const local = entry.local ? [toLocal] : [];
      const noEndpoints = [comment(`${name} ${why}`), ...local, ports(protocol, entry.port)];
      add(filter, 'KUBE-EXTERNAL-SERVICES', {
        destination: entry.destination,
        protocol: proto,
        matches: noEndpoints,
        target: refuse,
      });
    }
  }
  if (outside.length > 0 && any) addExternalChain(service, nat, chains, external.length > 0, podCIDR);
  const usesCluster = (internal.length > 0 && !service.internalLocal) || (outside.length > 0 && any);
  if (usesCluster && any) addBackends(service, chains.service, service.cluster, nat, podCIDR, !service.internalLocal);
  const usesLocal = service.internalLocal || (service.externalLocal && outside.length > 0);
  if (usesLocal && service.local.length > 0)
    addBackends(service, chains.local, service.local, nat, podCIDR, service.internalLocal);
}

/** What traffic to a node port or an external address goes through first. */
function addExternalChain(
  { name, externalLocal }: ServicePort,
  nat: Chains,
  chains: { service: string; local: string; external: string },
  reachable: boolean,
  podCIDR: string,
): void {
  const fromLocal: Match = { kind: 'addrtype', end: 'src' };
  const destinations = `${name} external destinations`;
  if (!externalLocal) {
    add(nat, chains.external, {
      matches: [comment(`masquerade traffic for ${destinations}`)],
      target: jump('KUBE-MARK-MASQ'),
    });
  } else {
    const pods = { source: { value: podCIDR }, matches: [comment(`pod traffic for ${destinations}`)] };
    add(nat, chains.external, { ...pods, target: jump(chains.service) });
    add(nat, chains.external, {
      matches: [comment(`masquerade LOCAL traffic for ${destinations}`), fromLocal],
      target: jump('KUBE-MARK-MASQ'),
    });
    add(nat, chains.external, {
      matches: [comment(`route LOCAL traffic for ${destinations}`), fromLocal],
      target: jump(chains.service),
    });
  }
  if (reachable)
    add(nat, chains.external, { matches: [], target: jump(externalLocal ? chains.local : chains.service) });
}

/** A chain that spreads over back ends, and their own chains. */
function addBackends(
  service: ServicePort,
  chain: string,
  backends: readonly Backend[],
  nat: Chains,
  podCIDR: string,
  carriesClusterIP: boolean,
): void {
  const { name, protocol, affinitySeconds } = service;
  if (carriesClusterIP) {
    for (const ip of service.clusterIPs) {
      add(nat, chain, {
        source: { value: podCIDR, not: true },
        destination: { value: `${ip}/32` },
        protocol: { value: protocol },
        matches: [comment(`${name} cluster IP`), ports(protocol, service.port)],
        target: jump('KUBE-MARK-MASQ'),
      });
    }
  }
  const chainFor = (backend: Backend) => chainNames.endpoint(name, protocol, backendText(backend));
  const arrow = (backend: Backend) => comment(`${name} -> ${backendText(backend)}`);
  if (affinitySeconds !== undefined) {
    for (const backend of backends) {
      const recent: Match = { kind: 'recent', set: false, name: chainFor(backend), seconds: affinitySeconds };
      add(nat, chain, { matches: [arrow(backend), recent], target: jump(chainFor(backend)) });
    }
  }
  for (const [index, backend] of backends.entries()) {
    const left = backends.length - index;
    const lot: Match[] = left > 1 ? [{ kind: 'statistic', probability: probability(left) }] : [];
    add(nat, chain, { matches: [arrow(backend), ...lot], target: jump(chainFor(backend)) });
    if (nat.has(chainFor(backend))) continue;
    const masquerade = { source: { value: `${backend.address}/32` }, matches: [comment(name)] };
    add(nat, chainFor(backend), { ...masquerade, target: jump('KUBE-MARK-MASQ') });
    const remember: Match[] =
      affinitySeconds === undefined ? [] : [{ kind: 'recent', set: true, name: chainFor(backend) }];
    add(nat, chainFor(backend), {
      protocol: { value: protocol },
      matches: [comment(name), ...remember, ports(protocol)],
      target: { kind: 'dnat', to: [{ address: backend.address, port: backend.port }] },
    });
  }
}

function add(chains: Chains, chain: string, rule: Rule): void {
  const list = chains.get(chain);
  if (list) list.push(rule);
  else chains.set(chain, [rule]);
}

/** `1/left` as iptables prints it: kept in 31 bits, shown with eleven digits. */
function probability(left: number): string {
  const kept = Math.round(Number((1 / left).toFixed(10)) * 2 ** 31);
  return (kept / 2 ** 31).toFixed(11);
}
