import { hostNameOf } from '@/kubernetes/network/host-name-of';
import type { Rule } from '@/kubernetes/network/netfilter/rule';
import { savedTable } from '@/kubernetes/network/netfilter/iptables-text';
import { type Table, builtinTable, tableOf, withTable } from '@/kubernetes/network/netfilter/ruleset';
import { serviceName } from '@/kubernetes/network/service-names';
import { calendar, months, two, weekdays } from '@/kubernetes/clock/calendar';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { resolveAt } from '../net/connect';
import type { Scene } from '../scene';
import { IptablesProblem } from './iptables-operands';
import { RuleProblem, runVerb } from './iptables-verbs';
import { readWords } from './iptables-words';
import { joinLines } from './text';

type Family = 'ip' | 'ip6';

const nameOf = (family: Family) => (family === 'ip' ? 'iptables' : 'ip6tables');
const versionOf = (family: Family) => `${nameOf(family)} v1.8.9 (nf_tables)`;

/** iptables 1.8 (nf_tables) on the rules that the packet walk evaluates. */
export const iptables: ShellCommand = plain((args, context) => command(args, context, 'ip'));
export const ip6tables: ShellCommand = plain((args, context) => command(args, context, 'ip6'));

/** `iptables-save [-c] [-t TABLE]`. */
export const iptablesSave: ShellCommand = plain((args, context) => save(args, context, 'ip'));
export const ip6tablesSave: ShellCommand = plain((args, context) => save(args, context, 'ip6'));

function save(args: readonly string[], { cluster, scene, stdout, stderr }: ShellContext, family: Family): number {
  const at = args.findIndex((word) => /^(-t|--table)$/.test(word));
  const only = at < 0 ? undefined : args[at + 1];
  if (only !== undefined && !builtinTable(only, family)) {
    stderr(`${nameOf(family)}-save v1.8.9 (nf_tables): Table \`${only}' does not exist\n`);
    return 1;
  }
  const { clock } = cluster;
  const time = calendar(clock.epoch + clock.now);
  const date = `${weekdays[time.weekday] ?? ''} ${months[time.month - 1] ?? ''} ${String(time.day).padStart(2)} ${two(time.hour)}:${two(time.minute)}:${two(time.second)} ${time.year}`;
  const counted = args.some((word) => /^(-c|--counters)$/.test(word));
  for (const table of scene.kernel.rules(scene.namespace).tables) {
    if (table.owner !== 'iptables' || table.family !== family || (only !== undefined && table.name !== only)) continue;
    stdout(joinLines(savedTable(table, date, (rule) => cluster.network.counters.of(rule), counted)));
  }
  return 0;
}

function command(args: readonly string[], context: ShellContext, family: Family): number {
  if (args.some((word) => word === '-V' || word === '--version')) {
    context.stdout(`${versionOf(family)}\n`);
    return 0;
  }
  try {
    return run(args, context, family);
  } catch (problem) {
    if (problem instanceof RuleProblem) {
      context.stderr(`${problem.versioned ? versionOf(family) : 'iptables'}: ${problem.message}\n`);
      return problem.code;
    }
    if (!(problem instanceof IptablesProblem)) throw problem;
    const name = nameOf(family);
    context.stderr(
      `${versionOf(family)}: ${problem.message}\nTry \`${name} -h' or '${name} --help' for more information.\n`,
    );
    return 2;
  }
}

/** What a listing without `-n` looks up. */
function namesAt({ kernel }: Scene) {
  return {
    // /etc/networks names whole networks.
    address: (value: string) => (value === '127.0.0.0' ? 'loopback' : hostNameOf(kernel, value)),
    port: (value: string) => serviceName(value, kernel.services),
  };
}

function run(args: readonly string[], context: ShellContext, family: Family): number {
  const { scene, stdout, stderr } = context;
  const words = readWords(args);
  const base = builtinTable(words.table, family);
  if (!base) {
    stderr(
      `${versionOf(family)}: table '${words.table}' does not exist\nPerhaps iptables or your kernel needs to be upgraded.\n`,
    );
    return 3;
  }
  if (words.verb === '') {
    const [first] = words.rule;
    throw new IptablesProblem(first?.startsWith('-') ? `unknown option "${first}"` : 'no command specified');
  }
  if (scene.process && !scene.process.capabilities.includes('NET_ADMIN')) {
    stderr(`${versionOf(family)}: Could not fetch rule set generation id: Permission denied (you must be root)\n`);
    return 4;
  }
  const rules = scene.kernel.rules(scene.namespace);
  const { counters } = context.cluster.network;
  const table: Table = { registered: 0, ...(tableOf(rules, words.table, family) ?? base) };
  return runVerb(words, {
    table,
    save: (next) => scene.kernel.setRules(withTable(rules, next), scene.namespace),
    print: (lines) => {
      stdout(joinLines(lines));
      if (words.verb === '-L' && words.flags.has('-v') && table.name !== 'nat')
        stderr('iptables: packets are counted in the nat table alone: of a connection only the first is simulated\n');
    },
    counters: { of: (rule: Rule) => counters.of(rule), reset: (rule: Rule) => counters.reset(rule) },
    names: namesAt(scene),
    reading: {
      family,
      lookup: (name) => {
        const found = resolveAt(context, name);
        return typeof found === 'string' ? [] : found.addresses;
      },
    },
  });
}
