import type { Rule, Target } from './rule';

export type HookName = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

/** Where a base chain is called from. Lower priorities run first. */
export interface Hook {
  readonly type: 'filter' | 'nat' | 'route';
  readonly hook: HookName;
  readonly priority: number;
  /** How nft prints the priority: `dstnat`, `dstnat - 10`, `-100`. */
  readonly label: string;
}

export interface Chain {
  readonly name: string;
  readonly hook?: Hook;
  readonly policy: 'accept' | 'drop';
  readonly comment?: string;
  readonly rules: readonly Rule[];
}

/** A set of addresses, or a map from packet fields to verdicts. Keys are joined with ` . `. */
export interface Collection {
  readonly name: string;
  readonly kind: 'set' | 'map';
  readonly type: string;
  readonly comment?: string;
  /** Rules put addresses into it, and it keeps each for so many seconds. */
  readonly timeout?: number;
  readonly elements: readonly { readonly key: string; readonly comment?: string; readonly verdict?: Target }[];
}

export interface Table {
  readonly family: 'ip' | 'ip6';
  readonly name: string;
  /** Tables of iptables-nft are listed by `iptables`, other tables only by `nft`, eBPF programs by neither. */
  readonly owner: 'iptables' | 'nftables' | 'ebpf';
  readonly comment?: string;
  readonly chains: readonly Chain[];
  readonly collections: readonly Collection[];
  /** Counts registrations: of two base chains with one priority the one registered later runs first. */
  readonly registered: number;
}

/** All tables of a network namespace, in the order in which they were made. Never changed in place. */
export interface Ruleset {
  readonly tables: readonly Table[];
}

// include/uapi/linux/netfilter_ipv4.h
const builtin: Readonly<Record<string, readonly (readonly [string, HookName, number, string])[]>> = {
  raw: [
    ['PREROUTING', 'prerouting', -300, 'raw'],
    ['OUTPUT', 'output', -300, 'raw'],
  ],
  mangle: [
    ['PREROUTING', 'prerouting', -150, 'mangle'],
    ['INPUT', 'input', -150, 'mangle'],
    ['FORWARD', 'forward', -150, 'mangle'],
    ['OUTPUT', 'output', -150, 'mangle'],
    ['POSTROUTING', 'postrouting', -150, 'mangle'],
  ],
  security: [
    ['INPUT', 'input', 50, 'security'],
    ['FORWARD', 'forward', 50, 'security'],
    ['OUTPUT', 'output', 50, 'security'],
  ],
  nat: [
    ['PREROUTING', 'prerouting', -100, 'dstnat'],
    ['INPUT', 'input', 100, '100'],
    ['OUTPUT', 'output', -100, '-100'],
    ['POSTROUTING', 'postrouting', 100, 'srcnat'],
  ],
  filter: [
    ['INPUT', 'input', 0, 'filter'],
    ['FORWARD', 'forward', 0, 'filter'],
    ['OUTPUT', 'output', 0, 'filter'],
  ],
};

export const emptyRuleset: Ruleset = { tables: [] };

export function tableOf(ruleset: Ruleset, name: string, family: 'ip' | 'ip6' = 'ip'): Table | undefined {
  return ruleset.tables.find((table) => table.family === family && table.name === name);
}

/** A table of iptables with its built-in chains; undefined when iptables knows no such table. */
export function builtinTable(name: string, family: 'ip' | 'ip6' = 'ip'): Omit<Table, 'registered'> | undefined {
  const chains = builtin[name]?.map(([chain, hook, priority, label]): Chain => {
    const type = name === 'nat' ? 'nat' : name === 'mangle' && chain === 'OUTPUT' ? 'route' : 'filter';
    return { name: chain, hook: { type, hook, priority, label }, policy: 'accept', rules: [] };
  });
  return chains && { family, name, owner: 'iptables', chains, collections: [] };
}

/** Puts a table in the place of the one with its name, or at the end. */
export function withTable(ruleset: Ruleset, table: Omit<Table, 'registered'>): Ruleset {
  const old = tableOf(ruleset, table.name, table.family);
  const next = ruleset.tables.reduce((highest, entry) => Math.max(highest, entry.registered), 0) + 1;
  const stored: Table = { ...table, registered: old?.registered ?? next };
  return {
    tables: old ? ruleset.tables.map((entry) => (entry === old ? stored : entry)) : [...ruleset.tables, stored],
  };
}

export function chainOf(table: Pick<Table, 'chains'> | undefined, name: string): Chain | undefined {
  return table?.chains.find((chain) => chain.name === name);
}

/** The table with one chain made anew (or added) by `edit`. */
export function withChain<T extends Pick<Table, 'chains'>>(
  table: T,
  name: string,
  edit: (rules: readonly Rule[]) => readonly Rule[],
): T {
  const old = chainOf(table, name);
  const chain: Chain = { ...(old ?? { name, policy: 'accept' }), rules: edit(old?.rules ?? []) };
  return {
    ...table,
    chains: old ? table.chains.map((entry) => (entry === old ? chain : entry)) : [...table.chains, chain],
  };
}

export function withoutChain<T extends Pick<Table, 'chains'>>(table: T, name: string): T {
  return { ...table, chains: table.chains.filter((chain) => chain.name !== name) };
}

/** Base chains of a hook in the order in which the kernel calls them. */
export function hooked(
  ruleset: Ruleset,
  hook: HookName,
  family: 'ip' | 'ip6' = 'ip',
): { table: Table; chain: Chain }[] {
  return ruleset.tables
    .filter((table) => table.family === family)
    .flatMap((table) => table.chains.filter((chain) => chain.hook?.hook === hook).map((chain) => ({ table, chain })))
    .sort(
      (a, b) =>
        (a.chain.hook?.priority ?? 0) - (b.chain.hook?.priority ?? 0) || b.table.registered - a.table.registered,
    );
}
