import { parseCidr } from '../address';
import type { PortMapping } from '../kernel';
import type { Rule } from '../netfilter/rule';
import { type Chain, type Ruleset, type Table, tableOf, withChain, withTable } from '../netfilter/ruleset';

// github.com/containernetworking/plugins, plugins/meta/portmap/portmap_nftables.go

const TABLE = 'cni_hostport';

/** Who translates: nftables rules, or an eBPF program that does the same and is listed nowhere. */
type Owner = 'nftables' | 'ebpf';

/** The table `ip cni_hostport` with the mappings of one sandbox, in the order of arrival. */
export function withNftablesHostPorts(
  ruleset: Ruleset,
  sandbox: string,
  ip: string,
  mappings: readonly PortMapping[],
  owner: Owner = 'nftables',
): Ruleset {
  const usable = mappings.filter(
    ({ hostIP }) => hostIP === '' || hostIP === '0.0.0.0' || parseCidr(hostIP) !== undefined,
  );
  if (usable.length === 0) return ruleset;
  let table: Omit<Table, 'registered'> = tableOf(ruleset, TABLE) ?? emptyTable(owner);
  table = withChain(table, 'hostports', (rules) => [
    ...rules,
    ...usable.map((mapping) => portRule(mapping, ip, sandbox)),
  ]);
  table = withChain(table, 'masquerading', (rules) => [
    ...rules,
    ...[ip, '127.0.0.1'].map((source): Rule => ({
      source: { value: source },
      destination: { value: ip },
      matches: [],
      target: { kind: 'masquerade', randomFully: false },
      comment: sandbox,
    })),
  ]);
  return withTable(ruleset, table);
}

/** Takes away every rule that carries the sandbox's id. The table stays. */
export function withoutNftablesHostPorts(ruleset: Ruleset, sandbox: string): Ruleset {
  const table = tableOf(ruleset, TABLE);
  if (!table?.chains.some((chain) => chain.rules.some((rule) => rule.comment === sandbox))) return ruleset;
  const chains = table.chains.map((chain) => ({
    ...chain,
    rules: chain.rules.filter((rule) => rule.comment !== sandbox),
  }));
  return withTable(ruleset, { ...table, chains });
}

function portRule(mapping: PortMapping, ip: string, sandbox: string): Rule {
  const protocol = mapping.protocol.toLowerCase();
  return {
    destination: mapping.hostIP === '' || mapping.hostIP === '0.0.0.0' ? undefined : { value: mapping.hostIP },
    matches: [{ kind: 'ports', protocol, dport: { value: String(mapping.hostPort) } }],
    target: { kind: 'dnat', to: [{ address: ip, port: mapping.containerPort }] },
    comment: sandbox,
  };
}

function emptyTable(owner: Owner): Omit<Table, 'registered'> {
  const jump = (chain: string): Rule => ({ matches: [], target: { kind: 'jump', chain } });
  const entry: Rule = { matches: [{ kind: 'addrtype', end: 'dst' }], target: { kind: 'jump', chain: 'hostports_all' } };
  const base = (name: string, hook: Chain['hook'], rules: readonly Rule[]): Chain => ({
    name,
    hook,
    policy: 'accept',
    rules,
  });
  return {
    family: 'ip',
    name: TABLE,
    owner,
    comment: 'CNI portmap plugin',
    collections: [],
    chains: [
      base('hostports', undefined, []),
      base('hostip_hostports', undefined, []),
      base('hostports_all', undefined, [jump('hostip_hostports'), jump('hostports')]),
      base('prerouting', { type: 'nat', hook: 'prerouting', priority: -100, label: 'dstnat' }, [entry]),
      base('output', { type: 'nat', hook: 'output', priority: -100, label: '-100' }, [entry]),
      base('masquerading', { type: 'nat', hook: 'postrouting', priority: 100, label: 'srcnat' }, []),
    ],
  };
}
