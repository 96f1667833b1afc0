import type { Match, Negatable, Rule, Target } from '../network/netfilter/rule';
import { chainNames } from './names';
import { type Backend, type ServicePort, backendText } from './service-ports';

// pkg/proxy/iptables/proxier.go, syncProxyRules

/** The chains of one table as kube-proxy would have them, by name. */
export type Chains = Map<string, Rule[]>;

export const comment = (text: string): Match => ({ kind: 'comment', text });
export const jump = (chain: string): Target => ({ kind: 'jump', chain });
export const toLocal: Match = { kind: 'addrtype', end: 'dst' };
const ports = (protocol: string, dport?: number): Match => ({
  kind: 'ports',
  protocol,
  dport: dport === undefined ? undefined : { value: String(dport) },
});

/** Adds everything that one Service port asks for. */
export function addService(
  service: ServicePort,
  { filter, nat }: { filter: Chains; nat: Chains },
  podCIDR: string,
): void {
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
