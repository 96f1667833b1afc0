import { icmpName } from './icmp-types';
import type { Count } from './counters';
import type { Match, Negatable, Rule, Target } from './rule';

/**
 * A rule of iptables-nft as nft 1.0.6 prints it. What iptables keeps in nftables' own words comes back so; its extensions
 * are translated by iptables' library, where a comment becomes nothing, with a blank on each side of it.
 */
export function iptablesRuleInNft(rule: Rule, count: Count | undefined): string {
  const [first] = rule.matches;
  // The protocol need not be said where the ports follow at once: they say it.
  const said = first?.kind === 'ports' && (hasPorts(first) || first.syn !== undefined);
  return [
    ...comparison('iifname', device(rule.in)),
    ...comparison('oifname', device(rule.out)),
    ...(said ? [] : comparison('meta l4proto', rule.protocol)),
    ...comparison('ip saddr', host(rule.source)),
    ...comparison('ip daddr', host(rule.destination)),
    ...rule.matches.flatMap((match) => matchWords(match, rule.protocol?.value ?? 'th')),
    ...(count ? [`counter packets ${count.packets} bytes ${count.bytes}`] : ['counter']),
    ...(rule.target ? [targetWords(rule.target)] : []),
  ].join(' ');
}

/** Whether a rule holds something that only iptables' library can read: nft then warns of the table. */
export function usesExtension({ matches, target }: Rule): boolean {
  const own = (match: Match) =>
    (match.kind === 'ports' && (hasPorts(match) || match.syn !== undefined)) ||
    match.kind === 'mark' ||
    match.kind === 'limit';
  const plain = ['accept', 'drop', 'return', 'jump', 'goto'];
  return matches.some((match) => !own(match)) || (target !== undefined && !plain.includes(target.kind));
}

function hasPorts({ dport, sport }: Extract<Match, { kind: 'ports' }>): boolean {
  return dport !== undefined || sport !== undefined;
}

function comparison(name: string, value: Negatable | undefined): string[] {
  return value ? [`${name} ${value.not ? '!= ' : ''}${value.value}`] : [];
}

function device(value: Negatable | undefined): Negatable | undefined {
  return value && { ...value, value: `"${value.value.replace(/\+$/, '*')}"` };
}

function host(value: Negatable | undefined): Negatable | undefined {
  return value && { ...value, value: value.value.replace(/\/(?:32|128)$/, '') };
}

function range(value: Negatable | undefined): Negatable | undefined {
  return value && { ...value, value: value.value.replace(':', '-') };
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

function matchWords(match: Match, protocol: string): string[] {
  switch (match.kind) {
    case 'comment':
      return [''];
    case 'addrtype':
      return [`fib ${match.end === 'dst' ? 'daddr' : 'saddr'} type ${match.not ? '!= ' : ''}local`];
    case 'ports': {
      const ports = [
        ...comparison(`${match.protocol} sport`, range(match.sport)),
        ...comparison(`${match.protocol} dport`, range(match.dport)),
        ...(match.syn ? [`tcp flags ${match.syn === 'not' ? '!= ' : ''}syn / fin,syn,rst,ack`] : []),
      ];
      // extensions/libxt_sctp.c has no words for "any port", so nft cannot translate it.
      return ports.length > 0 ? ports : [match.protocol === 'sctp' ? 'xt match sctp' : ''];
    }
    case 'multiport':
      return [multiport(match, protocol)];
    case 'icmp':
      return match.type === 'any' ? [''] : [`icmp type ${match.not ? '!= ' : ''}${icmpName(match.type)}`];
    case 'limit':
      return [limit(match)];
    case 'mark': {
      const padded = (value: number) => `0x${value.toString(16).padStart(8, '0')}`;
      if (match.mask === 0xffffffff) return [`meta mark ${match.not ? '!= ' : ''}${padded(match.value)}`];
      return [`meta mark & ${padded(match.mask)} ${match.not ? '!=' : '=='} ${padded(match.value)}`];
    }
    case 'conntrack': {
      // extensions/libxt_conntrack.c `state_xlate_print`: with SNAT or DNAT among them it tells of nothing else.
      const translated = match.states.find((state) => state === 'SNAT' || state === 'DNAT');
      if (translated) return [`ct status ${translated.toLowerCase()}`];
      return [`ct state ${match.not ? '! ' : ''}${match.states.join(',').toLowerCase()}`];
    }
    case 'statistic':
      return [`meta random & 2147483647 < ${Math.round(Number(match.probability) * 0x80000000)}`];
    case 'recent':
    case 'nfacct':
      return [`xt match ${match.kind}`];
    case 'ipset':
      return ['xt match set'];
    case 'set':
    case 'ranges':
    case 'rewritten':
      return [];
  }
}

function multiport({ dports, side, not }: Extract<Match, { kind: 'multiport' }>, protocol: string): string {
  const ports = dports.map((one) => one.replace(':', '-'));
  const sign = not ? '!= ' : '';
  if (side === 'ports') {
    const pairs = ports.flatMap((one) => [`0-65535 . ${one}`, `${one} . 0-65535`]);
    return `${protocol} sport . ${protocol} dport ${sign}{ ${pairs.join(', ')} }`;
  }
  const list = ports.length === 1 && !not ? ports.join('') : `{ ${ports.join(', ')} }`;
  return `${protocol} ${side === 'sports' ? 'sport' : 'dport'} ${sign}${list}`;
}

function limit({ rate, burst }: Extract<Match, { kind: 'limit' }>): string {
  const [count, unit = 's'] = rate.split('/');
  const name = { s: 'second', m: 'minute', h: 'hour', d: 'day' }[unit.charAt(0)] ?? unit;
  return `limit rate ${count}/${name}${burst === 5 ? '' : ` burst ${burst} packets`}`;
}

const levels = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

function targetWords(target: Target): string {
  switch (target.kind) {
    case 'jump':
    case 'goto':
      return `${target.kind} ${target.chain}`;
    case 'reject': {
      if (/^icmp6?-port-unreachable$/.test(target.with)) return 'reject';
      if (target.with === 'tcp-reset') return 'reject with tcp reset';
      return `reject with icmp type ${target.with.replace(/^icmp6?-/, '')}`;
    }
    case 'mark': {
      const { value, mask } = target;
      if (mask === 0xffffffff) return `meta mark set ${hex(value)}`;
      if (mask === 0) return `meta mark set mark xor ${hex(value)}`;
      if (value === mask) return `meta mark set mark or ${hex(value)}`;
      const kept = `meta mark set mark and ${hex(~mask >>> 0)}`;
      return value === 0 ? kept : `${kept} xor ${hex(value)}`;
    }
    case 'dnat':
      return `dnat to ${target.to.map(({ address, port }) => (port === undefined ? address : `${address}:${port}`)).join('-')}`;
    case 'snat':
      return `snat to ${target.to}`;
    case 'masquerade':
      return target.randomFully ? 'masquerade fully-random' : 'masquerade';
    case 'redirect':
      return `redirect to :${target.port}`;
    case 'log': {
      const prefix = target.prefix === undefined ? '' : ` prefix "${target.prefix}"`;
      return `log${prefix}${target.level === 4 ? '' : ` level ${levels[target.level] ?? ''}`}`;
    }
    default:
      return target.kind;
  }
}
