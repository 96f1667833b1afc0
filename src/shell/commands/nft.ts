import { usesExtension } from '@/kubernetes/network/netfilter/iptables-nft';
import {
  type NftOptions,
  chainsText,
  collectionsText,
  partText,
  tableText,
} from '@/kubernetes/network/netfilter/nft-text';
import type { Table } from '@/kubernetes/network/netfilter/ruleset';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { readOptions } from './options';
import { joinLines } from './text';

const known = {
  flags: 's n nn N S y u T p t stateless numeric numeric-priority terse reversedns service'.split(' '),
  withValue: ['f', 'file', 'I', 'D'],
};

const families = ['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'];

/** `nft list ruleset|tables|chains|sets|maps|table|chain|map|set`. Changing rules with nft is not simulated. */
export const nft: ShellCommand = plain((args, context) => {
  const { cluster, scene, stdout, stderr } = context;
  if (args.some((word) => word === '-v' || word === '-V' || word === '--version')) {
    stdout('nftables v1.0.6 (Lester Gooch #5)\n');
    return 0;
  }
  const { flags, operands, unknown } = readOptions(args, known);
  if (unknown !== undefined) {
    const reason = { a: 'the numbers of rules', j: 'JSON' }[unknown.replace(/^--?/, '').charAt(0)] ?? 'this option';
    stderr(`nft: ${unknown.startsWith('-') ? unknown : `-${unknown}`}: not simulated: ${reason}\n`);
    return 127;
  }
  // A whole command may be given as one word.
  const words = operands.flatMap((word) => word.split(/\s+/)).filter((word) => word !== '');
  const [verb, what = ''] = words;
  if (verb === undefined) {
    stderr('nft: no command specified\n');
    return 1;
  }
  if (verb !== 'list') {
    stderr(`nft: ${verb}: only "nft list …" is simulated; change rules with iptables\n`);
    return 1;
  }
  const tables = scene.kernel.rules(scene.namespace).tables.filter((table) => table.owner !== 'ebpf');
  return list(what, words, tables, context, {
    count: (rule) => cluster.network.counters.of(rule),
    numeric: ['n', 'nn', 'numeric', 'y', 'numeric-priority'].some((flag) => flags.has(flag)),
    stateless: flags.has('s') || flags.has('stateless'),
    terse: flags.has('t') || flags.has('terse'),
  });
});

function list(
  what: string,
  words: readonly string[],
  tables: readonly Table[],
  context: ShellContext,
  options: NftOptions,
): number {
  const { stdout, stderr } = context;
  const show = (table: Table, lines: readonly string[]) => {
    const warned = table.chains.some((chain) => chain.rules.some(usesExtension));
    if (table.owner === 'iptables' && warned)
      stderr(`# Warning: table ${table.family} ${table.name} is managed by iptables-nft, do not touch!\n`);
    stdout(joinLines(lines));
  };
  const rest = words.slice(2);
  const family = families.includes(rest[0] ?? '') ? rest.shift() : undefined;
  const wanted = tables.filter((table) => family === undefined || table.family === family);
  switch (what) {
    case 'ruleset':
      for (const table of wanted) show(table, tableText(table, options));
      return 0;
    case 'tables':
      stdout(joinLines(wanted.map((table) => `table ${table.family} ${table.name}`)));
      return 0;
    case 'chains':
      for (const table of wanted) stdout(joinLines(chainsText(table, options)));
      return 0;
    case 'sets':
    case 'maps':
      for (const table of wanted) stdout(joinLines(collectionsText(table, what === 'sets' ? 'set' : 'map', options)));
      return 0;
    case 'flowtables':
    case 'meters':
      for (const table of wanted) stdout(`table ${table.family} ${table.name} {\n}\n`);
      return 0;
    case 'counters':
    case 'quotas':
    case 'limits':
      return 0;
    case 'table':
    case 'chain':
    case 'set':
    case 'map':
      break;
    default:
      return refuse(`syntax error, unexpected ${what === '' ? 'newline' : 'string'}`, words, what, context);
  }
  const [name = '', part = ''] = rest;
  const table = tables.find((one) => one.family === (family ?? 'ip') && one.name === name);
  if (name === '' || (what !== 'table' && part === ''))
    return refuse('syntax error, unexpected newline', words, '', context);
  if (!table) return refuse('No such file or directory', words, name, context);
  if (what === 'table') {
    show(table, tableText(table, options));
    return 0;
  }
  const inside = what === 'chain' ? table.chains : table.collections.filter((one) => one.kind === what);
  const found = [...inside].find((one) => one.name === part);
  if (!found) return refuse('No such file or directory', words, part, context);
  show(table, partText(table, found, options));
  return 0;
}

/** The line again, and below it a mark where it is wrong. */
function refuse(problem: string, words: readonly string[], wrong: string, { stderr }: ShellContext): number {
  const line = words.join(' ');
  const at = wrong === '' ? line.length : line.lastIndexOf(wrong);
  stderr(`Error: ${problem}\n${line}\n${' '.repeat(at)}${'^'.repeat(Math.max(1, wrong.length))}\n`);
  return 1;
}
