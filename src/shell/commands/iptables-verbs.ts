import { deepEqual } from '@/kubernetes/api/object';
import type { Count } from '@/kubernetes/network/netfilter/counters';
import { type ListOptions, listing } from '@/kubernetes/network/netfilter/iptables-list';
import { specification, tableLines } from '@/kubernetes/network/netfilter/iptables-text';
import type { Rule } from '@/kubernetes/network/netfilter/rule';
import { type Chain, type Table, chainOf, withChain, withoutChain } from '@/kubernetes/network/netfilter/ruleset';
import { IptablesProblem, type RuleReading } from './iptables-operands';
import { parseRules } from './iptables-parse';
import type { IptablesWords } from './iptables-words';

/** What the kernel says no to. `versioned`: iptables says its version before it. */
export class RuleProblem extends Error {
  constructor(
    message: string,
    readonly code = 1,
    readonly versioned = false,
  ) {
    super(message);
  }
}

/** The table that a command is about, and what it needs beside it. */
export interface TableScene {
  readonly table: Table;
  readonly save: (table: Omit<Table, 'registered'>) => void;
  readonly print: (lines: readonly string[]) => void;
  readonly counters: { of(rule: Rule): Count; reset(rule: Rule): void };
  readonly names: ListOptions['names'];
  readonly reading: RuleReading;
}

/** Does what one command line says; its exit code. Throws IptablesProblem and RuleProblem. */
export function runVerb(words: IptablesWords, scene: TableScene): number {
  const { table, save } = scene;
  const { verb, chain, second } = words;
  switch (verb) {
    case '-S':
    case '-L':
      show(words, scene);
      return 0;
    case '-Z':
    case '-F':
      if (chain !== undefined) known(table, chain);
      if (verb === '-F')
        save({ ...table, chains: table.chains.map((one) => (named(one, chain) ? { ...one, rules: [] } : one)) });
      else for (const one of table.chains) if (named(one, chain)) one.rules.forEach(scene.counters.reset);
      return 0;
    case '-N':
      if (chain === undefined) throw new IptablesProblem('option "-N" requires an argument');
      if (chainOf(table, chain)) throw new RuleProblem('Chain already exists.');
      save(withChain(table, chain, (list) => list));
      return 0;
    case '-X':
      return removeChains(chain, scene);
    case '-E':
      return rename(chain ?? '', second, scene);
    case '-P': {
      const found = chainOf(table, chain ?? '');
      if (!found?.hook) throw new RuleProblem('Bad built-in chain name.');
      if (second === undefined) throw new IptablesProblem('-P requires a chain and a policy');
      if (second !== 'ACCEPT' && second !== 'DROP')
        throw new RuleProblem("Bad policy name. Run `dmesg' for more information.");
      const policy = second === 'DROP' ? 'drop' : 'accept';
      save({ ...table, chains: table.chains.map((one) => (one === found ? { ...one, policy } : one)) });
      return 0;
    }
    default:
      return change(words, scene);
  }
}

function named(one: Chain, chain: string | undefined): boolean {
  return chain === undefined || one.name === chain;
}

function known(table: Table, name: string): Chain {
  const found = chainOf(table, name);
  if (!found) throw new RuleProblem('No chain/target/match by that name.');
  return found;
}

function show({ verb, chain, second, flags }: IptablesWords, { table, print, counters, names }: TableScene): void {
  if (second !== undefined && !/^[1-9]\d*$/.test(second)) throw new IptablesProblem(`Invalid rule number \`${second}'`);
  if (chain !== undefined && !chainOf(table, chain))
    throw new RuleProblem(`chain \`${chain}' in table \`${table.name}' is incompatible, use 'nft' tool.`, 1, true);
  const verbose = flags.has('-v');
  const number = second === undefined ? undefined : Number(second);
  if (verb === '-L') {
    const options = { numeric: flags.has('-n'), verbose, exact: flags.has('-x'), numbers: flags.has('--line-numbers') };
    print(listing(table, { ...options, count: counters.of, names }, chain, number));
    return;
  }
  const lines = tableLines(table, chain, verbose ? counters.of : undefined);
  print(number === undefined ? lines : lines.slice(number, number + 1));
}

function removeChains(chain: string | undefined, { table, save }: TableScene): number {
  const used = (name: string) =>
    table.chains.some((one) =>
      one.rules.some((rule) => rule.target && 'chain' in rule.target && rule.target.chain === name),
    );
  if (chain === undefined) {
    save({ ...table, chains: table.chains.filter(({ name, hook, rules }) => hook || rules.length > 0 || used(name)) });
    return 0;
  }
  const { rules, hook } = known(table, chain);
  if (hook || rules.length > 0 || used(chain))
    throw new RuleProblem(` CHAIN_DEL failed (Device or resource busy): chain ${chain}`, 4, true);
  save(withoutChain(table, chain));
  return 0;
}

function rename(chain: string, name: string | undefined, { table, save }: TableScene): number {
  if (name === undefined) throw new IptablesProblem('-E requires old-chain-name and new-chain-name');
  if (chainOf(table, name)) throw new RuleProblem('File exists.');
  known(table, chain);
  const retarget = (rule: Rule): Rule =>
    rule.target && 'chain' in rule.target && rule.target.chain === chain
      ? { ...rule, target: { ...rule.target, chain: name } }
      : rule;
  const chains = table.chains.map((one) => ({
    ...one,
    name: one.name === chain ? name : one.name,
    rules: one.rules.map(retarget),
  }));
  save({ ...table, chains });
  return 0;
}

/** `-A`, `-I`, `-R`, `-D`, `-C`. */
function change({ verb, chain = '', second, rule }: IptablesWords, scene: TableScene): number {
  const { table, save, reading } = scene;
  const made = verb === '-D' && second !== undefined ? [] : parseRules(rule, reading);
  for (const one of made) {
    if (one.target && 'chain' in one.target && !chainOf(table, one.target.chain))
      throw new IptablesProblem(`Chain '${one.target.chain}' does not exist`);
  }
  const { rules, hook } = known(table, chain);
  const refused = verb !== '-C' && verb !== '-D' && made.some((one) => !possible(one, table.name, hook && chain));
  if (refused) {
    const what = { '-A': 'APPEND', '-I': 'INSERT', '-R': 'REPLACE' }[verb] ?? 'APPEND';
    throw new RuleProblem(` RULE_${what} failed (Invalid argument): rule in chain ${chain}`, 4, true);
  }
  const put = (edit: (list: readonly Rule[]) => readonly Rule[]) => save(withChain(table, chain, edit));
  const number = second === undefined ? undefined : Number(second);
  switch (verb) {
    case '-A':
      put((list) => [...list, ...made]);
      return 0;
    case '-I': {
      const at = (number ?? 1) - 1;
      if (at > rules.length) throw new RuleProblem('Index of insertion too big.');
      put((list) => [...list.slice(0, at), ...made, ...list.slice(at)]);
      return 0;
    }
    case '-R':
      if (number === undefined) throw new IptablesProblem('-R requires a rule number');
      if (!rules[number - 1]) throw new RuleProblem('Index of replacement too big.');
      put((list) => list.flatMap((one, i) => (i === number - 1 ? made : [one])));
      return 0;
    default: {
      if (number !== undefined && !rules[number - 1]) throw new RuleProblem('Index of deletion too big.');
      const found =
        number === undefined ? made.map((one) => rules.findIndex((other) => same(one, other))) : [number - 1];
      if (found.includes(-1)) throw new RuleProblem('Bad rule (does a matching rule exist in that chain?).');
      if (verb === '-D') put((list) => list.filter((_one, i) => !found.includes(i)));
      return 0;
    }
  }
}

/** Whether two rules print alike: iptables compares what it would store. */
function same(a: Rule, b: Rule): boolean {
  return deepEqual(specification(a), specification(b));
}

/** Whether the kernel takes a target at that place: nat's only in nat, and there each where its direction is. */
function possible({ target, protocol }: Rule, table: string, chain: string | undefined): boolean {
  switch (target?.kind) {
    case 'reject':
      return table === 'filter' && (target.with !== 'tcp-reset' || protocol?.value === 'tcp');
    case 'dnat':
    case 'redirect':
      return table === 'nat' && (chain === undefined || chain === 'PREROUTING' || chain === 'OUTPUT');
    case 'snat':
      return table === 'nat' && (chain === undefined || chain === 'POSTROUTING' || chain === 'INPUT');
    case 'masquerade':
      return table === 'nat' && (chain === undefined || chain === 'POSTROUTING');
    default:
      return true;
  }
}
