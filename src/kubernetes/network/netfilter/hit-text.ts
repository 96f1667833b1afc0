import type { RuleHit } from './evaluate';
import { ruleText } from './iptables-text';
import { nftRule } from './nft-text';

/** A rule of a walk in the words of the tool that lists it: `iptables -t nat -S`, `nft list table`, or nobody's. */
export function hitText({ table, chain, rule }: RuleHit): string {
  switch (table.owner) {
    case 'iptables':
      return `iptables -t ${table.name}: ${ruleText(chain, rule)}`;
    case 'nftables':
      return `nft table ${table.family} ${table.name}, chain ${chain}: ${nftRule(rule)}`;
    case 'ebpf':
      return 'an eBPF program of the network plugin, which neither iptables nor nft lists';
  }
}
