import type { Match, Negatable, Rule, Target } from '../network/netfilter/rule';
import { chainNames } from './names';
import { type ServicePort, hasFirewall } from './service-ports';

// pkg/proxy/iptables/proxier.go, syncProxyRules: the rules that take in what is meant for a Service.

/** The chains of one table as kube-proxy would have them, by name. */
export type Chains = Map<string, Rule[]>;

export const comment = (text: string): Match => ({ kind: 'comment', text });
export const jump = (chain: string): Target => ({ kind: 'jump', chain });
export const toLocal: Match = { kind: 'addrtype', end: 'dst' };
export const ports = (protocol: string, dport?: number): Match => ({
  kind: 'ports',
  protocol,
  dport: dport === undefined ? undefined : { value: String(dport) },
});

/** The names of what a Service port may have in the table nat. */
export function chainsOf({ name, protocol }: ServicePort) {
  return {
    service: chainNames.service(name, protocol),
    local: chainNames.local(name, protocol),
    external: chainNames.external(name, protocol),
    firewall: chainNames.firewall(name, protocol),
  };
}

/** What decides over a Service port: which of its traffic finds a back end. */
export function reachOf({ internalLocal, externalLocal, any, local }: ServicePort) {
  return { internal: internalLocal ? local.length > 0 : any, external: externalLocal ? local.length > 0 : any };
}

/** Adds the rules at a Service port's addresses and node port. */
export function addPortals(service: ServicePort, { filter, nat }: { filter: Chains; nat: Chains }): void {
  const { name, protocol, port, any, nodePort } = service;
  const chains = chainsOf(service);
  const { internal, external } = reachOf(service);
  const proto: Negatable = { value: protocol };
  const why = comment(`${name} ${any ? 'has no local endpoints' : 'has no endpoints'}`);
  const refuse: Target = any ? { kind: 'drop' } : { kind: 'reject', with: 'icmp-port-unreachable' };
  const to = (table: Chains, chain: string, ip: string, about: Match, target: Target) =>
    add(table, chain, {
      destination: { value: `${ip}/32` },
      protocol: proto,
      matches: [about, ports(protocol, port)],
      target,
    });
  for (const ip of service.clusterIPs) {
    if (internal)
      to(
        nat,
        'KUBE-SERVICES',
        ip,
        comment(`${name} cluster IP`),
        jump(service.internalLocal ? chains.local : chains.service),
      );
    else to(filter, 'KUBE-SERVICES', ip, why, refuse);
  }
  for (const ip of service.externalIPs) {
    if (any) to(nat, 'KUBE-SERVICES', ip, comment(`${name} external IP`), jump(chains.external));
    if (!external) to(filter, 'KUBE-EXTERNAL-SERVICES', ip, why, refuse);
  }
  const guarded = any && hasFirewall(service);
  for (const ip of service.loadBalancerIPs) {
    const entrance = guarded ? chains.firewall : chains.external;
    if (any) to(nat, 'KUBE-SERVICES', ip, comment(`${name} loadbalancer IP`), jump(entrance));
    const refused = comment(`${name} traffic not accepted by ${chains.firewall}`);
    if (guarded) to(filter, 'KUBE-PROXY-FIREWALL', ip, refused, { kind: 'drop' });
    if (!external) to(filter, 'KUBE-EXTERNAL-SERVICES', ip, why, refuse);
  }
  if (nodePort !== undefined) {
    const matches = [comment(name), ports(protocol, nodePort)];
    if (any) {
      const counted = [...matches, { kind: 'nfacct' as const, name: 'localhost_nps_accepted_pkts' }];
      const destination = { value: '127.0.0.0/8' };
      add(nat, 'KUBE-NODEPORTS', { destination, protocol: proto, matches: counted, target: jump(chains.external) });
      add(nat, 'KUBE-NODEPORTS', { protocol: proto, matches, target: jump(chains.external) });
    }
    const refused = [why, toLocal, ports(protocol, nodePort)];
    if (!external) add(filter, 'KUBE-EXTERNAL-SERVICES', { protocol: proto, matches: refused, target: refuse });
  }
  if (service.healthCheckNodePort !== undefined) {
    const matches = [comment(`${name} health check node port`), ports('tcp', service.healthCheckNodePort)];
    add(filter, 'KUBE-NODEPORTS', { protocol: { value: 'tcp' }, matches, target: { kind: 'accept' } });
  }
}

export function add(chains: Chains, chain: string, rule: Rule): void {
  const list = chains.get(chain);
  if (list) list.push(rule);
  else chains.set(chain, [rule]);
}
