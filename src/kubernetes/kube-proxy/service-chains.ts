import { contains } from '../network/address';
import type { Match } from '../network/netfilter/rule';
import { type Backend, backendText } from './backends';
import { chainNames } from './names';
import { type Chains, add, addPortals, chainsOf, comment, jump, ports, reachOf } from './service-portals';
import { type ServicePort, hasFirewall, hasOutside } from './service-ports';

// pkg/proxy/iptables/proxier.go, syncProxyRules: the chains of the table nat that are a Service's own.

/** What rules depend on beside Services. */
export interface RuleSettings {
  /** `clusterCIDR`: where Pods' addresses are. */
  readonly podCIDR: string;
  readonly nodeIP: string;
}

/** Adds everything that one Service port asks for. */
export function addService(
  service: ServicePort,
  tables: { filter: Chains; nat: Chains },
  settings: RuleSettings,
): void {
  addPortals(service, tables);
  const { nat } = tables;
  const chains = chainsOf(service);
  if (reachOf(service).internal)
    addClusterTraffic(service, service.internalLocal ? chains.local : chains.service, nat, settings);
  if (service.any && hasOutside(service)) {
    addExternalChain(service, nat, settings);
    if (hasFirewall(service)) addFirewallChain(service, nat, settings);
  }
  spread(service, chains.service, service.cluster, nat);
  spread(service, chains.local, service.local, nat);
  for (const backend of service.reachable) addBackend(service, backend, nat);
}

/** Who asks a ClusterIP from outside the Pods' range is hidden: the answer has to come back this way. */
function addClusterTraffic(
  { name, protocol, port, clusterIPs }: ServicePort,
  chain: string,
  nat: Chains,
  { podCIDR }: RuleSettings,
): void {
  for (const ip of clusterIPs) {
    add(nat, chain, {
      source: { value: podCIDR, not: true },
      destination: { value: `${ip}/32` },
      protocol: { value: protocol },
      matches: [comment(`${name} cluster IP`), ports(protocol, port)],
      target: jump('KUBE-MARK-MASQ'),
    });
  }
}

/** What traffic to a node port or an external address goes through first. */
function addExternalChain(service: ServicePort, nat: Chains, { podCIDR }: RuleSettings): void {
  const { name, externalLocal } = service;
  const chains = chainsOf(service);
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
  if (reachOf(service).external)
    add(nat, chains.external, { matches: [], target: jump(externalLocal ? chains.local : chains.service) });
}

/** Lets the ranges of `loadBalancerSourceRanges` through; what falls out of it is dropped in the table filter. */
function addFirewallChain(service: ServicePort, nat: Chains, { nodeIP }: RuleSettings): void {
  const { name, sourceRanges, loadBalancerIPs } = service;
  const { external, firewall } = chainsOf(service);
  for (const range of allowedSources(sourceRanges, loadBalancerIPs, nodeIP)) {
    const matches = [comment(`${name} loadbalancer IP`)];
    add(nat, firewall, { source: { value: range }, matches, target: jump(external) });
  }
  add(nat, firewall, { matches: [comment(`other traffic to ${name} will be dropped by KUBE-PROXY-FIREWALL`)] });
}

/** The ranges, and the load balancers' addresses themselves where they let this node in. */
export function allowedSources(
  ranges: readonly string[],
  addresses: readonly string[],
  nodeIP: string,
): readonly string[] {
  return ranges.some((range) => contains(range, nodeIP)) ? [...ranges, ...addresses] : ranges;
}

/** A chain that spreads over back ends; whoever came before goes where he went. */
function spread(service: ServicePort, chain: string, backends: readonly Backend[], nat: Chains): void {
  const { name, protocol, affinitySeconds } = service;
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
  }
}

function addBackend({ name, protocol, affinitySeconds }: ServicePort, backend: Backend, nat: Chains): void {
  const chain = chainNames.endpoint(name, protocol, backendText(backend));
  const masquerade = { source: { value: `${backend.address}/32` }, matches: [comment(name)] };
  add(nat, chain, { ...masquerade, target: jump('KUBE-MARK-MASQ') });
  const remember: Match[] = affinitySeconds === undefined ? [] : [{ kind: 'recent', set: true, name: chain }];
  add(nat, chain, {
    protocol: { value: protocol },
    matches: [comment(name), ...remember, ports(protocol)],
    target: { kind: 'dnat', to: [{ address: backend.address, port: backend.port }] },
  });
}

/** `1/left` as iptables prints it: kept in 31 bits, shown with eleven digits. */
function probability(left: number): string {
  const kept = Math.round(Number((1 / left).toFixed(10)) * 2 ** 31);
  return (kept / 2 ** 31).toFixed(11);
}
