import type { World } from '../world';
import { type Ruleset, builtinTable, emptyRuleset, tableOf, withChain, withTable } from './netfilter/ruleset';

/**
 * What a node's packet filter holds before any Service or host port: iptables' own tables, the kubelet's chains
 * (pkg/kubelet/kubelet_network_linux.go), and the masquerading of Pods that talk to the outside.
 */
export function baseRules(world: World): Ruleset {
  let ruleset = emptyRuleset;
  for (const [name, family] of [
    ['mangle', 'ip'],
    ['filter', 'ip'],
    ['mangle', 'ip6'],
    ['nat', 'ip6'],
    ['filter', 'ip6'],
    ['raw', 'ip'],
    ['nat', 'ip'],
  ] as const) {
    const table = builtinTable(name, family);
    if (table) ruleset = withTable(ruleset, table);
  }
  for (const [name, chain] of [
    ['mangle', 'KUBE-IPTABLES-HINT'],
    ['mangle', 'KUBE-KUBELET-CANARY'],
    ['nat', 'KUBE-KUBELET-CANARY'],
    ['filter', 'KUBE-KUBELET-CANARY'],
  ] as const) {
    const table = tableOf(ruleset, name);
    if (table)
      ruleset = withTable(
        ruleset,
        withChain(table, chain, (rules) => rules),
      );
  }
  let filter = tableOf(ruleset, 'filter');
  if (filter) {
    for (const chain of ['INPUT', 'OUTPUT']) {
      filter = withChain(filter, chain, () => [{ matches: [], target: { kind: 'jump', chain: 'KUBE-FIREWALL' } }]);
    }
    filter = withChain(filter, 'KUBE-FIREWALL', () => [
      {
        source: { value: '127.0.0.0/8', not: true },
        destination: { value: '127.0.0.0/8' },
        matches: [
          { kind: 'comment', text: 'block incoming localnet connections' },
          { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED', 'DNAT'], not: true },
        ],
        target: { kind: 'drop' },
      },
    ]);
    ruleset = withTable(ruleset, filter);
  }
  const nat = tableOf(ruleset, 'nat');
  if (nat && world.cni !== 'none') {
    const masquerade = {
      source: { value: world.podCIDR },
      destination: { value: world.podCIDR, not: true },
      matches: [],
      target: { kind: 'masquerade', randomFully: false } as const,
    };
    ruleset = withTable(
      ruleset,
      withChain(nat, 'POSTROUTING', () => [masquerade]),
    );
  }
  return ruleset;
}
