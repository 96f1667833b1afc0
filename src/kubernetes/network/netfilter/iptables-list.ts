import { parseCidr } from '../address';
import type { Count } from './counters';
import { ordered } from './iptables-text';
import { icmpName } from './icmp-types';
import type { Match, Negatable, Rule, Target } from './rule';
import { type Chain, type Table, chainOf } from './ruleset';

const protocolNumbers: Readonly<Record<string, string>> = {
  all: '0',
  icmp: '1',
  tcp: '6',
  udp: '17',
  gre: '47',
  esp: '50',
  ah: '51',
  'ipv6-icmp': '58',
  sctp: '132',
};

/** The levels of the kernel's log, the gravest first. */
const levels = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'];

export interface ListOptions {
  /** `-n`: neither ports nor addresses nor protocols by name. */
  readonly numeric?: boolean;
  readonly numbers?: boolean;
  readonly verbose?: boolean;
  /** What a rule has seen, for `-v`. */
  readonly count?: (rule: Rule) => Count;
  /** `-x`: every digit of the counters. */
  readonly exact?: boolean;
  /** Names of addresses and ports, asked for without `-n`; undefined or unchanged where there is none. */
  readonly names?: { address(value: string): string | undefined; port(value: string): string };
}

/** `iptables -L [-n] [-v] [--line-numbers]`: one block per chain, an empty line between them. */
export function listing(table: Table, options: ListOptions, only?: string, number?: number): string[] {
  if (number !== undefined) {
    const rule = chainOf(table, only ?? '')?.rules[number - 1];
    return rule ? [`${options.numbers ? String(number).padEnd(5) : ''}${row(rule, options, table.family)}`] : [];
  }
  const chains = ordered(table).filter((chain) => only === undefined || chain.name === only);
  return chains.flatMap((chain, index) => [...(index > 0 ? [''] : []), ...block(chain, table, options)]);
}

function block(chain: Chain, table: Table, options: ListOptions): string[] {
  const { numbers, verbose } = options;
  const references = table.chains.flatMap((entry) => entry.rules).filter((rule) => jumpsTo(rule, chain.name)).length;
  const counters = verbose ? ' 0 packets, 0 bytes' : '';
  const head = chain.hook
    ? `Chain ${chain.name} (policy ${chain.policy.toUpperCase()}${counters})`
    : `Chain ${chain.name} (${references} references)`;
  const columns = `${numbers ? 'num  ' : ''}${
    verbose
      ? `${options.exact ? '    pkts      bytes' : ' pkts bytes'} target     prot opt in     out     source               destination         `
      : 'target     prot opt source               destination         '
  }`;
  const rules = chain.rules.map(
    (rule, index) => `${numbers ? String(index + 1).padEnd(5) : ''}${row(rule, options, table.family)}`,
  );
  return [head, columns, ...rules];
}

function row(rule: Rule, options: ListOptions, family: Table['family']): string {
  const { verbose, numeric } = options;
  const target = targetName(rule.target).padEnd(9);
  const name = rule.protocol?.value ?? 'all';
  const protocol = ((numeric ? protocolNumbers[name] : undefined) ?? name).padEnd(5);
  const extras = [
    ...rule.matches.flatMap((match) => matchText(match, options)),
    ...targetText(rule.target, numeric ?? false),
  ]
    .map((text) => ` ${text}`)
    .join('');
  const devices = verbose ? ` ${device(rule.in, numeric)} ${device(rule.out, numeric)} ` : '';
  const { packets, bytes } = options.count?.(rule) ?? { packets: 0, bytes: 0 };
  const width = options.exact ? 8 : 5;
  const shown = (value: number) => (options.exact ? String(value) : shortened(value)).padStart(width);
  const counters = verbose ? `${shown(packets)} ${shown(bytes)} ` : '';
  return `${counters}${target} ${sign(rule.protocol)}${protocol}-- ${devices}${address(rule.source, options, family)}${address(rule.destination, options, family)}${extras}`;
}

function device(value: Negatable | undefined, numeric: boolean | undefined): string {
  const name = value ? `${value.not ? '!' : ''}${value.value}` : numeric ? '*' : 'any';
  return name.padEnd(6);
}

/** At most five digits: iptables/xshared.c `xtables_print_num`. */
function shortened(value: number): string {
  if (value <= 99_999) return String(value);
  const thousands = Math.floor((value + 500) / 1000);
  return thousands <= 9999 ? `${thousands}K` : `${Math.floor((thousands + 500) / 1000)}M`;
}

function sign(value: Negatable | undefined): string {
  return value?.not ? '!' : ' ';
}

/** A blank or `!`, then the address in a column. A /32 is printed without its prefix. */
function address(value: Negatable | undefined, { numeric, names }: ListOptions, family: Table['family']): string {
  const text = value === undefined ? (numeric ? (family === 'ip' ? '0.0.0.0/0' : '::/0') : 'anywhere') : value.value;
  const range = parseCidr(text);
  const [base = text] = text.split('/');
  const name = (!numeric && range && names?.address(base)) || base;
  const whole = family === 'ip6' && text.endsWith('/128') ? base : text;
  const shown = range && range.prefix < 32 ? `${name}/${range.prefix}` : range ? name : whole;
  return `${sign(value)}${shown.padEnd(19)} `;
}

function jumpsTo(rule: Rule, chain: string): boolean {
  return (rule.target?.kind === 'jump' || rule.target?.kind === 'goto') && rule.target.chain === chain;
}

function targetName(target: Target | undefined): string {
  if (!target) return '';
  if (target.kind === 'jump' || target.kind === 'goto') return target.chain;
  return target.kind.toUpperCase();
}

function matchText(match: Match, { numeric, names }: ListOptions): string[] {
  const portText = (port: string) => (numeric || !names ? port : names.port(port));
  switch (match.kind) {
    case 'comment':
      return [`/* ${match.text} */`];
    case 'addrtype':
      return [`ADDRTYPE match ${match.end}-type ${match.not ? '!' : ''}LOCAL`];
    case 'ports': {
      const port = (name: string, value: Negatable | undefined) =>
        value
          ? ` ${name}${value.value.includes(':') ? 's' : ''}:${value.not ? '!' : ''}${value.value.split(':').map(portText).join(':')}`
          : '';
      const syn = match.syn
        ? ` flags:${match.syn === 'not' ? '!' : ''}${numeric ? '0x17/0x02' : 'FIN,SYN,RST,ACK/SYN'}`
        : '';
      return [`${match.protocol}${port('spt', match.sport)}${port('dpt', match.dport)}${syn}`];
    }
    case 'multiport':
      return [`multiport ${match.side ?? 'dports'} ${match.not ? ' !' : ''}${match.dports.map(portText).join(',')}`];
    case 'icmp':
      return [`${numeric ? 'icmptype' : 'icmp'} ${match.not ? '!' : ''}${numeric ? match.type : icmpName(match.type)}`];
    case 'limit':
      return [`limit: avg ${match.rate} burst ${match.burst}`];
    case 'mark': {
      const mask = match.mask === 0xffffffff ? '' : `/0x${match.mask.toString(16)}`;
      return [`mark match ${match.not ? '! ' : ''}0x${match.value.toString(16)}${mask}`];
    }
    case 'conntrack':
      return [`${match.not ? '! ' : ''}${match.state ? 'state' : 'ctstate'} ${match.states.join(',')}`];
    case 'statistic':
      return [`statistic mode random probability ${match.probability}`];
    case 'recent':
      return match.set
        ? [`recent: SET name: ${match.name} side: source mask: 255.255.255.255`]
        : [`recent: CHECK seconds: ${match.seconds ?? 0} reap name: ${match.name} side: source mask: 255.255.255.255`];
    case 'nfacct':
      return [`nfacct-name  ${match.name}`];
    case 'ipset':
      return [`match-set ${match.set} ${match.ends.join(',')}`];
    case 'set':
    case 'ranges':
    case 'rewritten':
      return [];
  }
}

function targetText(target: Target | undefined, numeric: boolean): string[] {
  switch (target?.kind) {
    case 'reject':
      return [`reject-with ${target.with}`];
    case 'mark':
      if (target.mask === 0) return [`MARK xor 0x${target.value.toString(16)}`];
      if (target.value === target.mask) return [`MARK or 0x${target.value.toString(16)}`];
      if (target.mask === 0xffffffff) return [`MARK set 0x${target.value.toString(16)}`];
      return [`MARK xset 0x${target.value.toString(16)}/0x${target.mask.toString(16)}`];
    case 'dnat':
      return [
        `to:${target.to.map(({ address, port }) => `${address}${port === undefined ? '' : `:${port}`}`).join('-')}`,
      ];
    case 'snat':
      return [`to:${target.to}`];
    case 'masquerade':
      return target.randomFully ? ['random-fully'] : [];
    case 'redirect':
      return [`redir ports ${target.port}`];
    case 'log': {
      const prefix = target.prefix === undefined ? '' : ` prefix "${target.prefix}"`;
      const level = numeric ? `flags 0 level ${target.level}` : `level ${levels[target.level] ?? target.level}`;
      return [`LOG ${level}${prefix}`];
    }
    default:
      return [];
  }
}
