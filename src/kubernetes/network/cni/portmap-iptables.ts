import { formatCidr, parseCidr } from '../address';
import { hexText, sha512 } from '../../hash/sha2';
import type { PortMapping } from '../kernel';
import type { Match, Rule } from '../netfilter/rule';
import {
  type Ruleset,
  type Table,
  builtinTable,
  chainOf,
  tableOf,
  withChain,
  withTable,
  withoutChain,
} from '../netfilter/ruleset';

// github.com/containernetworking/plugins, plugins/meta/portmap/portmap_iptables.go

const comment = (text: string): Match => ({ kind: 'comment', text });
const toLocal: Match = { kind: 'addrtype', end: 'dst' };

/** The chain of one sandbox: hash of network name and sandbox id, 28 characters in all. */
export function dnatChainName(network: string, sandbox: string): string {
  return `CNI-DN-${hexText(sha512(network + sandbox))}`.slice(0, 28);
}

/** The rules with the mappings of one sandbox: portmap appends, so on one port the first sandbox wins. */
export function withHostPorts(
  ruleset: Ruleset,
  network: string,
  sandbox: string,
  ip: string,
  prefix: number,
  mappings: readonly PortMapping[],
): Ruleset {
  const usable = mappings.filter(
    ({ hostIP }) => hostIP === '' || hostIP === '0.0.0.0' || parseCidr(hostIP) !== undefined,
  );
  let nat = tableOf(ruleset, 'nat') ?? builtinTable('nat');
  if (!nat || usable.length === 0) return ruleset;
  nat = withTopLevel(nat);
  const chain = dnatChainName(network, sandbox);
  const subnet = parseCidr(`${ip}/${prefix}`);
  nat = withChain(nat, chain, () =>
    usable.flatMap((mapping) => portRules(mapping, ip, subnet ? formatCidr(subnet) : ip)),
  );
  for (const protocol of ['sctp', 'tcp', 'udp']) {
    const ports = usable
      .filter((mapping) => mapping.protocol.toLowerCase() === protocol)
      .map(({ hostPort }) => String(hostPort));
    // multiport takes fifteen ports at most.
    for (let start = 0; start < ports.length; start += 15) {
      const rule: Rule = {
        protocol: { value: protocol },
        matches: [
          comment(`dnat name: "${network}" id: "${sandbox}"`.slice(0, 255)),
          { kind: 'multiport', dports: ports.slice(start, start + 15) },
        ],
        target: { kind: 'jump', chain },
      };
      nat = withChain(nat, 'CNI-HOSTPORT-DNAT', (rules) => [...rules, rule]);
    }
  }
  return withTable(ruleset, nat);
}

/** The rules without one sandbox's. The three chains that all share stay. */
export function withoutHostPorts(ruleset: Ruleset, network: string, sandbox: string): Ruleset {
  const nat = tableOf(ruleset, 'nat');
  const chain = dnatChainName(network, sandbox);
  if (!nat || !chainOf(nat, chain)) return ruleset;
  const entry = withChain(nat, 'CNI-HOSTPORT-DNAT', (rules) =>
    rules.filter((rule) => !(rule.target?.kind === 'jump' && rule.target.chain === chain)),
  );
  return withTable(ruleset, withoutChain(entry, chain));
}

function portRules(mapping: PortMapping, ip: string, subnet: string): Rule[] {
  const protocol = mapping.protocol.toLowerCase();
  const destination =
    mapping.hostIP === '' || mapping.hostIP === '0.0.0.0' ? undefined : { value: `${mapping.hostIP}/32` };
  const base = {
    destination,
    protocol: { value: protocol },
    matches: [{ kind: 'ports' as const, protocol, dport: { value: String(mapping.hostPort) } }],
  };
  const mark = { kind: 'jump' as const, chain: 'CNI-HOSTPORT-SETMARK' };
  return [
    { ...base, source: { value: subnet }, target: mark },
    { ...base, source: { value: '127.0.0.1/32' }, target: mark },
    { ...base, target: { kind: 'dnat', to: [{ address: ip, port: mapping.containerPort }] } },
  ];
}

function withTopLevel<T extends Omit<Table, 'registered'>>(table: T): T {
  let nat = table;
  if (!chainOf(nat, 'CNI-HOSTPORT-DNAT')) nat = withChain(nat, 'CNI-HOSTPORT-DNAT', () => []);
  nat = withChain(nat, 'CNI-HOSTPORT-SETMARK', () => [
    { matches: [comment('CNI portfwd masquerade mark')], target: { kind: 'mark', value: 0x2000, mask: 0x2000 } },
  ]);
  nat = withChain(nat, 'CNI-HOSTPORT-MASQ', () => [
    { matches: [{ kind: 'mark', value: 0x2000, mask: 0x2000 }], target: { kind: 'masquerade', randomFully: false } },
  ]);
  const ensure = (chain: string, rule: Rule, first: boolean) => {
    nat = withChain(nat, chain, (rules) => {
      const there = rules.some(
        (one) => one.target?.kind === 'jump' && rule.target?.kind === 'jump' && one.target.chain === rule.target.chain,
      );
      return there ? rules : first ? [rule, ...rules] : [...rules, rule];
    });
  };
  for (const chain of ['PREROUTING', 'OUTPUT']) {
    ensure(chain, { matches: [toLocal], target: { kind: 'jump', chain: 'CNI-HOSTPORT-DNAT' } }, false);
  }
  const masquerade: Rule = {
    matches: [comment('CNI portfwd requiring masquerade')],
    target: { kind: 'jump', chain: 'CNI-HOSTPORT-MASQ' },
  };
  ensure('POSTROUTING', masquerade, true);
  return nat;
}
