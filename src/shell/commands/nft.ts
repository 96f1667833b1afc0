import { partText, tableText } from '@/kubernetes/network/netfilter/nft-text';
import type { Rule } from '@/kubernetes/network/netfilter/rule';
import { type ShellCommand, plain } from '../command';
import { joinLines } from './text';

const warning = (family: string, name: string) =>
  `# Warning: table ${family} ${name} is managed by iptables-nft, do not touch!\n`;

/** `nft list ruleset|tables|table|chain|map|set`. Changing rules with nft is not simulated. */
export const nft: ShellCommand = plain((args, { cluster, scene, stdout, stderr }) => {
  const count = (rule: Rule) => cluster.network.counters.of(rule);
  if (args.some((word) => word === '-v' || word === '-V' || word === '--version')) {
    stdout('nftables v1.0.6 (Lester Gooch #5)\n');
    return 0;
  }
  const words = args.filter((word) => !word.startsWith('-'));
  const [verb, what = 'ruleset', family = 'ip', name = '', part = ''] = words;
  const tables = scene.kernel.rules(scene.namespace).tables.filter((table) => table.owner !== 'ebpf');
  if (verb !== 'list') {
    stderr(`nft: ${verb ?? ''}: only "nft list …" is simulated; change rules with iptables\n`);
    return 1;
  }
  if (what === 'tables') {
    const wanted = tables.filter((table) => words[2] === undefined || table.family === words[2]);
    stdout(joinLines(wanted.map((table) => `table ${table.family} ${table.name}`)));
    return 0;
  }
  if (what === 'ruleset') {
    for (const table of tables) {
      if (table.owner === 'iptables') stderr(warning(table.family, table.name));
      stdout(joinLines(tableText(table, count)));
    }
    return 0;
  }
  const table = tables.find((entry) => entry.family === family && entry.name === name);
  const inside = table && (what === 'chain' ? table.chains : table.collections).find((entry) => entry.name === part);
  if (!table || (what !== 'table' && !inside)) {
    const line = `list ${words.slice(1).join(' ')}`;
    const missing = !table ? name : part;
    stderr(
      `Error: No such file or directory\n${line}\n${' '.repeat(line.lastIndexOf(missing))}${'^'.repeat(missing.length)}\n`,
    );
    return 1;
  }
  if (table.owner === 'iptables') stderr(warning(family, name));
  stdout(joinLines(inside ? partText(table, inside, count) : tableText(table, count)));
  return 0;
});
