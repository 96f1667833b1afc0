import { parseCidr } from '../address';
import type { Count } from './counters';
import { iptablesRuleInNft } from './iptables-nft';
import type { Match, Negatable, Rule, Target, VmapKey } from './rule';
import type { Chain, Collection, Table } from './ruleset';

export interface NftOptions {
  /** What a rule of iptables has seen. The rules of others have no counters here. */
  readonly count: (rule: Rule) => Count;
  /** `-n`: priorities as numbers. */
  readonly numeric?: boolean;
  /** `-s`: nothing that changes as packets come. */
  readonly stateless?: boolean;
  /** `-t`: sets and maps without what is in them. */
  readonly terse?: boolean;
}

/** `table ip NAME { … }` as `nft list table` prints it. */
export function tableText(table: Table, options: NftOptions): string[] {
  const blocks = [
    ...table.collections.map((one) => collectionText(one, options)),
    ...table.chains.map((chain) => chainText(chain, table, options)),
  ];
  const body = blocks.flatMap((block, index) => [
    ...(index > 0 ? [''] : []),
    ...block.map((line) => (line === '' ? '' : `\t${line}`)),
  ]);
  return [...opening(table), ...(table.comment ? [`\tcomment "${table.comment}"`] : []), ...body, '}'];
}

/** One chain, set or map inside its table, as `nft list chain` and `nft list map` print it. */
export function partText(table: Table, part: Chain | Collection, options: NftOptions): string[] {
  const block = 'rules' in part ? chainText(part, table, options) : collectionText(part, options);
  return [...opening(table), ...block.map((line) => `\t${line}`), '}'];
}

/** `nft list chains`: the chains of a table without their rules. */
export function chainsText(table: Table, options: NftOptions): string[] {
  const blocks = table.chains.flatMap((chain) => [`chain ${chain.name} {`, ...hookText(chain, options), '}']);
  return [...opening(table), ...blocks.map((line) => `\t${line}`), '}'];
}

/** `nft list sets`, `nft list maps`: all of a table; of one that has none its name. */
export function collectionsText(table: Table, kind: Collection['kind'], options: NftOptions): string[] {
  const blocks = table.collections.filter((one) => one.kind === kind).flatMap((one) => collectionText(one, options));
  return [...opening(table), ...blocks.map((line) => `\t${line}`), '}'];
}

function opening({ family, name }: Table): string[] {
  return [`table ${family} ${name} {`];
}

function hookText({ hook, policy }: Chain, { numeric }: NftOptions): string[] {
  if (!hook) return [];
  return [`\ttype ${hook.type} hook ${hook.hook} priority ${numeric ? hook.priority : hook.label}; policy ${policy};`];
}

function chainText(chain: Chain, table: Table, options: NftOptions): string[] {
  const line = (rule: Rule) =>
    table.owner === 'iptables'
      ? iptablesRuleInNft(rule, options.stateless ? undefined : options.count(rule))
      : nftRule(rule, table.family);
  return [
    `chain ${chain.name} {`,
    ...(chain.comment ? [`\tcomment "${chain.comment}"`] : []),
    ...hookText(chain, options),
    ...chain.rules.map((rule) => `\t${line(rule)}`),
    '}',
  ];
}

function collectionText({ name, kind, type, comment, timeout, elements }: Collection, { terse }: NftOptions): string[] {
  const items = [...elements].sort(byKey).map(({ key, comment: remark, verdict }) => {
    const note = remark ? ` comment "${remark}"` : '';
    return `${key}${note}${verdict ? ` : ${targetText(verdict)}` : ''}`;
  });
  // Sets of plain addresses stand two in a line, everything longer one in a line.
  const perLine = kind === 'set' && !type.includes(' . ') ? 2 : 1;
  const lines: string[] = [];
  for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(', '));
  const inside =
    lines.length > 0 && !terse ? [`\telements = { ${lines.join(',\n\t\t     ')} }`.split('\n')].flat() : [];
  const kept =
    timeout === undefined ? [] : ['\tsize 65535', '\tflags dynamic,timeout', `\ttimeout ${timeText(timeout)}`];
  const remark = comment === undefined ? [] : [`\tcomment "${comment}"`];
  return [`${kind} ${name} {`, `\ttype ${type}`, ...kept, ...remark, ...inside, '}'];
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

/** Seconds as nft prints them: `2h1m5s`. */
function timeText(seconds: number): string {
  const parts = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  return parts.map((count, index) => (count > 0 ? `${count}${'dhms'.charAt(index)}` : '')).join('');
}

/** A rule of nftables as nft prints it. */
export function nftRule(rule: Rule, family: Table['family'] = 'ip'): string {
  const ports = rule.matches.some((match) => match.kind === 'ports' && (match.dport ?? match.sport));
  return [
    ...equality('iifname', quoted(rule.in)),
    ...equality('oifname', quoted(rule.out)),
    ...equality(`${family} saddr`, rule.source),
    ...equality(`${family} daddr`, rule.destination),
    ...(rule.protocol && !ports ? [`meta l4proto ${rule.protocol.value}`] : []),
    ...rule.matches.flatMap((match) => matchText(match, family)),
    rule.target ? targetText(rule.target, family) : '',
    ...(rule.comment ? [`comment "${rule.comment}"`] : []),
  ]
    .filter((word) => word !== '')
    .join(' ');
}

function word(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}

function quoted(value: Negatable | undefined): Negatable | undefined {
  return value && { ...value, value: `"${value.value}"` };
}

function equality(name: string, value: Negatable | undefined): string[] {
  return value ? [`${name} ${value.not ? '!= ' : ''}${value.value}`] : [];
}

function matchText(match: Match, family: Table['family']): string[] {
  switch (match.kind) {
    case 'addrtype':
      return [`fib ${match.end === 'dst' ? 'daddr' : 'saddr'} type ${match.not ? '!= ' : ''}local`];
    case 'ports':
      return [...equality(`${match.protocol} sport`, match.sport), ...equality(`${match.protocol} dport`, match.dport)];
    case 'multiport':
      return [
        `th ${match.side === 'sports' ? 's' : 'd'}port ${match.not ? '!= ' : ''}{ ${match.dports.map((one) => one.replace(':', '-')).join(', ')} }`,
      ];
    case 'mark': {
      return [`meta mark & ${word(match.mask)} ${match.not ? '!=' : '=='} ${word(match.value)}`];
    }
    case 'conntrack':
      return [`ct state ${match.not ? '!= ' : ''}${match.states.join(',').toLowerCase()}`];
    case 'set': {
      const flow = `${family} saddr . ${family} daddr . meta l4proto . th dport`;
      const what = { src: `${family} saddr`, dst: `${family} daddr`, flow }[match.end];
      return [`${what} ${match.not ? '!= ' : ''}@${match.set}`];
    }
    case 'ranges': {
      const ranges = [...match.ranges].sort((a, b) => (parseCidr(a)?.base ?? 0) - (parseCidr(b)?.base ?? 0));
      const list = ranges.length === 1 ? (ranges[0] ?? '') : `{ ${ranges.join(', ')} }`;
      return [
        `${family} ${match.end === 'src' ? 'saddr' : 'daddr'} ${match.not ? '!= ' : ''}${list.replace(/\/(?:32|128)\b/g, '')}`,
      ];
    }
    case 'rewritten':
      return ['ct status dnat'];
    default:
      return [];
  }
}

const vmapKeys: Readonly<Record<VmapKey, string>> = { daddr: 'daddr', protocol: 'meta l4proto', dport: 'th dport' };

function targetText(target: Target, family: Table['family'] = 'ip'): string {
  switch (target.kind) {
    case 'jump':
    case 'goto':
      return `${target.kind} ${target.chain}`;
    case 'reject':
      return 'reject';
    case 'mark': {
      return `meta mark set meta mark ${target.mask === 0 ? '^' : '|'} ${word(target.value)}`;
    }
    case 'dnat': {
      const [only] = target.to;
      if (!target.spread) return `dnat to ${only?.address ?? ''}${only?.port === undefined ? '' : `:${only.port}`}`;
      const entries = target.to.map(({ address, port }, index) => `${index} : ${address} . ${port ?? 0}`);
      return `dnat ${family} to numgen random mod ${target.to.length} map { ${entries.join(', ')} }`;
    }
    case 'snat':
      return `snat to ${target.to}`;
    case 'masquerade':
      return [
        ...(target.unmark === undefined ? [] : [`meta mark set meta mark ^ ${word(target.unmark)}`]),
        target.randomFully ? 'masquerade fully-random' : 'masquerade',
      ].join(' ');
    case 'redirect':
      return `redirect to :${target.port}`;
    case 'vmap':
      return `${target.keys.map((key) => (key === 'daddr' ? `${family} daddr` : vmapKeys[key])).join(' . ')} vmap @${target.map}`;
    case 'lot':
      return `numgen random mod ${target.chains.length} vmap { ${target.chains.map((chain, index) => `${index} : goto ${chain}`).join(', ')} }`;
    case 'remember':
      return `update @${target.set} { ${family} saddr }`;
    case 'log':
      return target.prefix === undefined ? 'log' : `log prefix "${target.prefix}"`;
    default:
      return target.kind;
  }
}
