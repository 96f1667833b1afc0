import type { Rule, Target } from '../network/netfilter/rule';
import {
  type Chain,
  type Collection,
  type Ruleset,
  type Table,
  tableOf,
  withTable,
} from '../network/netfilter/ruleset';
import type { Backend } from './backends';
import { nftablesEndpointName, nftablesName } from './names';
import { type Family, fixedChains, fixedCollections, goto, marked } from './nftables-table';
import { type RuleSettings, allowedSources } from './service-chains';
import { reachOf } from './service-portals';
import { type ServicePort, hasFirewall, hasOutside } from './service-ports';

// pkg/proxy/nftables/proxier.go, syncProxyRules

type Element = Collection['elements'][number];

/**
 * The table `ip kube-proxy` (and its empty IPv6 twin) as Services want it. What stands there keeps its place. Chains of
 * Services that are no more are emptied; they go when `drop` says so.
 */
export function withNftablesServices(
  ruleset: Ruleset,
  services: readonly ServicePort[],
  settings: RuleSettings & { readonly serviceCIDR: string },
  drop: (chain: string) => boolean = () => true,
): Ruleset {
  const old = tableOf(ruleset, 'kube-proxy');
  const wanted = tableFor({ family: 'ip', ...settings }, services, settings);
  const stale = (old?.chains ?? []).flatMap((chain) =>
    chain.name.includes('/') && !drop(chain.name) ? [{ ...chain, rules: [] }] : [],
  );
  const table = {
    ...wanted,
    chains: inPlace(old?.chains ?? [], wanted.chains, stale),
    collections: inPlace(old?.collections ?? [], wanted.collections, []),
  };
  return withTable(withTable(ruleset, table), tableFor({ family: 'ip6' }, [], settings));
}

/** What was there already comes first, in its old order; then what is new. */
function inPlace<T extends { readonly name: string }>(
  old: readonly T[],
  wanted: readonly T[],
  kept: readonly T[],
): T[] {
  const byName = new Map([...kept, ...wanted].map((one) => [one.name, one]));
  const names = new Set([...old, ...wanted].map(({ name }) => name));
  return [...names].flatMap((name) => byName.get(name) ?? []);
}

function tableFor(family: Family, services: readonly ServicePort[], settings: RuleSettings): Omit<Table, 'registered'> {
  const collections = fixedCollections(family, elementsFor(services, settings.nodeIP));
  for (const service of services) {
    const timeout = service.affinitySeconds;
    if (timeout === undefined) continue;
    for (const backend of service.reachable)
      collections.push({ name: affinityName(service, backend), kind: 'set', type: 'ipv4_addr', timeout, elements: [] });
  }
  const chains = [...fixedChains(family), ...services.flatMap((service) => serviceChains(service, settings))];
  return {
    family: family.family,
    name: 'kube-proxy',
    owner: 'nftables',
    comment: 'rules for kube-proxy',
    chains,
    collections,
  };
}

function names(service: ServicePort) {
  const base = nftablesName(service.namespace, service.service, service.protocol, service.portName);
  return {
    service: `service-${base}`,
    local: `local-${base}`,
    external: `external-${base}`,
    firewall: `firewall-${base}`,
  };
}

const endpointName = (service: ServicePort, backend: Backend) => `endpoint-${nftablesEndpointName(service, backend)}`;
const affinityName = (service: ServicePort, backend: Backend) => `affinity-${nftablesEndpointName(service, backend)}`;

/** The chains of one Service port, in the order in which they are made. */
function serviceChains(service: ServicePort, settings: RuleSettings): Chain[] {
  const chain = names(service);
  const made = (name: string, rules: readonly Rule[]): Chain => ({ name, rules, policy: 'accept' });
  return [
    ...(service.affinitySeconds === undefined
      ? []
      : service.reachable.map((backend) => made(endpointName(service, backend), endpointRules(service, backend)))),
    ...(service.cluster.length > 0 ? [made(chain.service, spread(service, service.cluster))] : []),
    ...(service.local.length > 0 ? [made(chain.local, spread(service, service.local))] : []),
    ...(service.any && hasOutside(service) ? [made(chain.external, externalRules(service, settings.podCIDR))] : []),
    ...(hasFirewall(service) ? [made(chain.firewall, firewallRules(service, settings.nodeIP))] : []),
  ];
}

function externalRules(service: ServicePort, podCIDR: string): Rule[] {
  const chain = names(service);
  const fromLocal = { kind: 'addrtype', end: 'src' } as const;
  const last: Rule[] = reachOf(service).external
    ? [{ matches: [], target: goto(service.externalLocal ? chain.local : chain.service) }]
    : [];
  if (!service.externalLocal) return [{ matches: [], target: marked, comment: 'masquerade' }, ...last];
  return [
    { source: { value: podCIDR }, matches: [], target: goto(chain.service), comment: 'short-circuit pod traffic' },
    { matches: [fromLocal], target: marked, comment: 'masquerade local traffic' },
    { matches: [fromLocal], target: goto(chain.service), comment: 'short-circuit local traffic' },
    ...last,
  ];
}

function firewallRules({ sourceRanges, loadBalancerIPs }: ServicePort, nodeIP: string): Rule[] {
  const ranges = allowedSources(sourceRanges, loadBalancerIPs, nodeIP);
  return [{ matches: [{ kind: 'ranges', end: 'src', ranges, not: true }], target: { kind: 'drop' } }];
}

/** Without affinity the packet goes to a back end at once; with it through a chain that remembers who went there. */
function spread(service: ServicePort, backends: readonly Backend[]): Rule[] {
  if (service.affinitySeconds === undefined) {
    const to = backends.map(({ address, port }) => ({ address, port }));
    return [{ protocol: { value: service.protocol }, matches: [], target: { kind: 'dnat', to, spread: true } }];
  }
  const chains = backends.map((backend) => endpointName(service, backend));
  return [
    ...backends.map((backend): Rule => {
      const known = { kind: 'set', end: 'src', set: affinityName(service, backend) } as const;
      return { matches: [known], target: goto(endpointName(service, backend)) };
    }),
    { matches: [], target: { kind: 'lot', chains } },
  ];
}

function endpointRules(service: ServicePort, backend: Backend): Rule[] {
  const { address, port } = backend;
  return [
    { matches: [], target: { kind: 'remember', set: affinityName(service, backend) } },
    { protocol: { value: service.protocol }, matches: [], target: { kind: 'dnat', to: [{ address, port }] } },
  ];
}

/** What is in the sets and maps. */
function elementsFor(services: readonly ServicePort[], nodeIP: string): Map<string, Element[]> {
  const all = new Map<string, Map<string, Element>>();
  const put = (collection: string, element: Element) => {
    const entries = all.get(collection) ?? new Map<string, Element>();
    all.set(collection, entries.set(element.key, element));
  };
  if (nodeIP) put('nodeport-ips', { key: nodeIP });
  for (const service of services) {
    const { protocol, any, name, nodePort } = service;
    const chain = names(service);
    const { internal, external } = reachOf(service);
    const refused: Target = any ? { kind: 'drop' } : goto('reject-chain');
    for (const backend of service.reachable) {
      const { address, port, local } = backend;
      if (local) put('hairpin-connections', { key: `${address} . ${address} . ${protocol} . ${port}` });
    }
    for (const ip of service.clusterIPs) {
      put('cluster-ips', { key: ip });
      const key = `${ip} . ${protocol} . ${service.port}`;
      if (internal) put('service-ips', { key, verdict: goto(service.internalLocal ? chain.local : chain.service) });
      else put('no-endpoint-services', { key, comment: name, verdict: refused });
    }
    for (const ip of [...service.externalIPs, ...service.loadBalancerIPs]) {
      const key = `${ip} . ${protocol} . ${service.port}`;
      if (any) put('service-ips', { key, verdict: goto(chain.external) });
      if (!external) put('no-endpoint-services', { key, comment: name, verdict: refused });
    }
    if (hasFirewall(service)) {
      for (const ip of service.loadBalancerIPs)
        put('firewall-ips', { key: `${ip} . ${protocol} . ${service.port}`, verdict: goto(chain.firewall) });
    }
    if (nodePort === undefined) continue;
    const key = `${protocol} . ${nodePort}`;
    if (any) put('service-nodeports', { key, verdict: goto(chain.external) });
    if (!external) put('no-endpoint-nodeports', { key, comment: name, verdict: refused });
  }
  return new Map([...all].map(([name, entries]) => [name, [...entries.values()]]));
}
