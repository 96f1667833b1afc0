import type { Count } from './counters';
import { icmpName } from './icmp-types';
import type { Match, Negatable, Rule, Target, VmapKey } from './rule';
import type { Chain, Collection, Table } from './ruleset';

/** What a rule has seen. */
type Counting = (rule: Rule) => Count;

/** `table ip NAME { … }` as `nft list table` prints it. The rules of iptables have counters, those of others here not. */
export function tableText(table: Table, count: Counting): string[] {
  const counting = table.owner === 'iptables' ? count : undefined;
  const blocks = [...table.collections.map(collectionText), ...table.chains.map((chain) => chainText(chain, counting))];
  const body = blocks.flatMap((block, index) => [
    ...(index > 0 ? [''] : []),
    ...block.map((line) => (line === '' ? '' : `\t${line}`)),
  ]);
  return [
    `table ${table.family} ${table.name} {`,
    ...(table.comment ? [`\tcomment "${table.comment}"`] : []),
    ...body,
    '}',
  ];
}

/** One chain, set or map inside its table, as `nft list chain` and `nft list map` print it. */
export function partText(table: Table, part: Chain | Collection, count: Counting): string[] {
  const counting = table.owner === 'iptables' ? count : undefined;
  const block = 'rules' in part ? chainText(part, counting) : collectionText(part);
  return [`table ${table.family} ${table.name} {`, ...block.map((line) => `\t${line}`), '}'];
}

function chainText(chain: Chain, count: Counting | undefined): string[] {
  const { hook } = chain;
  const head = hook ? [`\ttype ${hook.type} hook ${hook.hook} priority ${hook.label}; policy ${chain.policy};`] : [];
  return [`chain ${chain.name} {`, ...head, ...chain.rules.map((rule) => `\t${nftRule(rule, count?.(rule))}`), '}'];
}

function collectionText({ name, kind, type, comment, elements }: Collection): string[] {
  const items = [...elements].sort(byKey).map(({ key, comment: remark, verdict }) => {
    const note = remark ? ` comment "${remark}"` : '';
    return `${key}${note}${verdict ? ` : ${targetText(verdict)}` : ''}`;
  });
  // Sets of plain addresses stand two in a line, everything longer one in a line.
  const perLine = kind === 'set' && !type.includes(' . ') ? 2 : 1;
  const lines: string[] = [];
  for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(', '));
  const inside = lines.length > 0 ? [`\telements = { ${lines.join(',\n\t\t     ')} }`.split('\n')].flat() : [];
  return [`${kind} ${name} {`, `\ttype ${type}`, `\tcomment "${comment}"`, ...inside, '}'];
}

/** nft sorts the elements of a set by the numbers that their keys are. */
function byKey(a: Collection['elements'][number], b: Collection['elements'][number]): number {
  const [left, right] = [keyBytes(a.key), keyBytes(b.key)];
  for (let i = 0; i < left.length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * A key as bytes, the most significant first. Of a key of several parts that is the last byte: nftables reads the bytes
 * of a concatenation as one number of the machine (src/expression.c, `concat_expr_msort_value`).
 */
function keyBytes(key: string): number[] {
  const parts = key.split(' . ');
  const bytes = parts.flatMap((part) => {
    if (part.includes('.')) return part.split('.').map(Number);
    const protocol = protocolNumbers[part];
    return protocol === undefined ? [Number(part) >> 8, Number(part) & 255] : [protocol];
  });
  return parts.length > 1 ? bytes.reverse() : bytes;
}

const protocolNumbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17, sctp: 132 };

/** A rule as nft prints it; rules of iptables-nft come out in the same words where nft has them. */
export function nftRule(rule: Rule, count?: Count): string {
  const ports = rule.matches.some((match) => match.kind === 'ports' && (match.dport ?? match.sport));
  const target = rule.target ? targetText(rule.target) : '';
  const protocol = rule.protocol && !ports ? [`meta l4proto ${rule.protocol.value}`] : [];
  const words = [
    ...equality('iifname', quoted(rule.in)),
    ...equality('oifname', quoted(rule.out)),
    ...equality('ip saddr', rule.source),
    ...equality('ip daddr', rule.destination),
    ...protocol,
    ...rule.matches.flatMap(matchText),
    ...(count ? [`counter packets ${count.packets} bytes ${count.bytes}`] : []),
    target,
    ...(rule.comment ? [`comment "${rule.comment}"`] : []),
  ];
  // In a rule of iptables nft leaves out the comment, but not the blank after it.
  const blank =
    count && rule.matches[0]?.kind === 'comment' && !rule.in && !rule.out && !rule.source && !rule.destination;
  return `${blank && protocol.length === 0 ? ' ' : ''}${words.filter((word) => word !== '').join(' ')}`;
}

function quoted(value: Negatable | undefined): Negatable | undefined {
  return value && { ...value, value: `"${value.value}"` };
}

function equality(name: string, value: Negatable | undefined): string[] {
  return value ? [`${name} ${value.not ? '!= ' : ''}${value.value}`] : [];
}

function matchText(match: Match): string[] {
  switch (match.kind) {
    case 'addrtype':
      return [`fib ${match.end === 'dst' ? 'daddr' : 'saddr'} type ${match.not ? '!= ' : ''}local`];
    case 'ports':
      return [...equality(`${match.protocol} sport`, match.sport), ...equality(`${match.protocol} dport`, match.dport)];
    case 'multiport':
      return [
        `th ${match.side === 'sports' ? 's' : 'd'}port ${match.not ? '!= ' : ''}{ ${match.dports.map((one) => one.replace(':', '-')).join(', ')} }`,
      ];
    case 'icmp':
      return match.type === 'any' ? [] : [`icmp type ${match.not ? '!= ' : ''}${icmpName(match.type)}`];
    case 'limit':
      return [
        `limit rate ${match.rate.replace(/\/(\w).*/, (_all, unit: string) => `/${units[unit] ?? unit}`)} burst ${match.burst} packets`,
      ];
    case 'mark': {
      const mask = `0x${match.mask.toString(16).padStart(8, '0')}`;
      return [`meta mark & ${mask} ${match.not ? '!=' : '=='} 0x${match.value.toString(16).padStart(8, '0')}`];
    }
    case 'conntrack':
      return [`ct state ${match.not ? '!= ' : ''}${match.states.join(',').toLowerCase()}`];
    case 'set': {
      const what = { src: 'ip saddr', dst: 'ip daddr', flow: 'ip saddr . ip daddr . meta l4proto . th dport' }[
        match.end
      ];
      return [`${what} ${match.not ? '!= ' : ''}@${match.set}`];
    }
    default:
      return [];
  }
}

const units: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day' };

const vmapKeys: Readonly<Record<VmapKey, string>> = { daddr: 'ip daddr', protocol: 'meta l4proto', dport: 'th dport' };

function targetText(target: Target): string {
  switch (target.kind) {
    case 'jump':
    case 'goto':
      return `${target.kind} ${target.chain}`;
    case 'reject':
      return 'reject';
    case 'mark': {
      const value = `0x${target.value.toString(16).padStart(8, '0')}`;
      return `meta mark set meta mark ${target.mask === 0 ? '^' : '|'} ${value}`;
    }
    case 'dnat': {
      const [only] = target.to;
      if (!target.spread) return `dnat to ${only?.address ?? ''}${only?.port === undefined ? '' : `:${only.port}`}`;
      const entries = target.to.map(({ address, port }, index) => `${index} : ${address} . ${port ?? 0}`);
      return `dnat ip to numgen random mod ${target.to.length} map { ${entries.join(', ')} }`;
    }
    case 'snat':
      return `snat to ${target.to}`;
    case 'masquerade':
      return target.randomFully ? 'masquerade fully-random' : 'masquerade';
    case 'redirect':
      return `redirect to :${target.port}`;
    case 'vmap':
      return `${target.keys.map((key) => vmapKeys[key]).join(' . ')} vmap @${target.map}`;
    case 'log':
      return target.prefix === undefined ? 'log' : `log prefix "${target.prefix}"`;
    default:
      return target.kind;
  }
}
