import { parseCidr } from '../address';
import type { Match, Negatable, Rule, Target } from './rule';
import type { Chain, Table } from './ruleset';

/** `-A CHAIN …`, as `iptables -S` and `iptables-save` print a rule (iptables 1.8, nf_tables). */
export function ruleText(chain: string, rule: Rule): string {
  return ['-A', chain, ...specification(rule)].join(' ');
}

/** The rule without `-A CHAIN`. */
export function specification(rule: Rule): string[] {
  return [
    ...option('-s', rule.source, withPrefix),
    ...option('-d', rule.destination, withPrefix),
    ...option('-i', rule.in),
    ...option('-o', rule.out),
    ...option('-p', rule.protocol),
    ...rule.matches.flatMap(matchWords),
    ...targetWords(rule.target),
  ];
}

/** `-P`, `-N` and `-A` lines of a table: built-in chains first, then the others by name, then all rules. */
export function tableLines(table: Table, only?: string): string[] {
  const chains = ordered(table).filter((chain) => only === undefined || chain.name === only);
  return [
    ...chains.map((chain) => (chain.hook ? `-P ${chain.name} ${chain.policy.toUpperCase()}` : `-N ${chain.name}`)),
    ...chains.flatMap((chain) => chain.rules.map((rule) => ruleText(chain.name, rule))),
  ];
}

export function ordered(table: Table): Chain[] {
  const own = table.chains.filter((chain) => !chain.hook).sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...table.chains.filter((chain) => chain.hook), ...own];
}

function option(
  flag: string,
  value: Negatable | undefined,
  format: (text: string) => string = (text) => text,
): string[] {
  return value ? [...(value.not ? ['!'] : []), flag, format(value.value)] : [];
}

function withPrefix(address: string): string {
  const range = parseCidr(address);
  return range && !address.includes('/') ? `${address}/32` : address;
}

function matchWords(match: Match): string[] {
  switch (match.kind) {
    case 'comment':
      return ['-m comment --comment', `"${match.text.replace(/"/g, '\\"')}"`];
    case 'addrtype':
      return ['-m addrtype', ...(match.not ? ['!'] : []), `--${match.end}-type LOCAL`];
    case 'ports':
      return [`-m ${match.protocol}`, ...option('--sport', match.sport), ...option('--dport', match.dport)];
    case 'multiport':
      return ['-m multiport --dports', match.dports.join(',')];
    case 'mark':
      return ['-m mark', ...(match.not ? ['!'] : []), `--mark ${hex(match.value)}/${hex(match.mask)}`];
    case 'conntrack':
      return ['-m conntrack', ...(match.not ? ['!'] : []), `--ctstate ${match.states.join(',')}`];
    case 'statistic':
      return [`-m statistic --mode random --probability ${match.probability}`];
    case 'recent':
      return match.set
        ? [`-m recent --set --name ${match.name} --mask 255.255.255.255 --rsource`]
        : [
            `-m recent --rcheck --seconds ${match.seconds ?? 0} --reap --name ${match.name} --mask 255.255.255.255 --rsource`,
          ];
    case 'nfacct':
      // Two blanks: extensions/libxt_nfacct.c prints one too many.
      return [`-m nfacct --nfacct-name  ${match.name}`];
    case 'ipset':
      return [`-m set --match-set ${match.set} ${match.ends.join(',')}`];
    case 'set':
      return [];
  }
}

function targetWords(target: Target | undefined): string[] {
  if (!target) return [];
  switch (target.kind) {
    case 'jump':
      return [`-j ${target.chain}`];
    case 'goto':
      return [`-g ${target.chain}`];
    case 'reject':
      return [`-j REJECT --reject-with ${target.with}`];
    case 'mark':
      return [`-j MARK --set-xmark ${hex(target.value)}/${hex(target.mask)}`];
    case 'dnat':
      return [
        `-j DNAT --to-destination ${target.to.map(({ address, port }) => `${address}${port === undefined ? '' : `:${port}`}`).join('-')}`,
      ];
    case 'snat':
      return [`-j SNAT --to-source ${target.to}`];
    case 'masquerade':
      return [`-j MASQUERADE${target.randomFully ? ' --random-fully' : ''}`];
    case 'redirect':
      return [`-j REDIRECT --to-ports ${target.port}`];
    case 'ignored':
      return [`-j ${target.text}`];
    case 'vmap':
      return [];
    default:
      return [`-j ${target.kind.toUpperCase()}`];
  }
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
