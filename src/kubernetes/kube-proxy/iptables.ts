import type { Match, Rule } from '../network/netfilter/rule';
import { type Ruleset, builtinTable, tableOf, withChain, withTable } from '../network/netfilter/ruleset';
import { type RuleSettings, addService } from './service-chains';
import { type Chains, comment, jump, toLocal } from './service-portals';
import type { ServicePort } from './service-ports';

// pkg/proxy/iptables/proxier.go

const isNew: Match = { kind: 'conntrack', states: ['NEW'] };

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
export function withServices(ruleset: Ruleset, services: readonly ServicePort[], settings: RuleSettings): Ruleset {
  const { filter, nat } = desired(services, settings);
  let result = ruleset;
  for (const name of ['filter', 'nat'] as const) {
    const chains = name === 'filter' ? filter : nat;
    let table = tableOf(result, name) ?? builtinTable(name);
    if (!table) continue;
    table = {
      ...table,
      chains: table.chains.filter((chain) => chains.has(chain.name) || !/^KUBE-(SVC|SVL|SEP|EXT|FW)-/.test(chain.name)),
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
    /^KUBE-(SVC|SVL|SEP|EXT|FW)-|^KUBE-(SERVICES|NODEPORTS|POSTROUTING|MARK-MASQ|EXTERNAL-SERVICES|FORWARD|PROXY-FIREWALL|PROXY-CANARY)$/;
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

function desired(services: readonly ServicePort[], settings: RuleSettings): { filter: Chains; nat: Chains } {
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
  for (const service of services) addService(service, { filter, nat }, settings);
  const last = 'kubernetes service nodeports; NOTE: this must be the last rule in this chain';
  nat.get('KUBE-SERVICES')?.push({ matches: [comment(last), toLocal], target: jump('KUBE-NODEPORTS') });
  return { filter, nat };
}
