/** One thing that can be said about a cluster: what it is about, and what is so. */
export interface Fact {
  readonly key: string;
  readonly value: string;
}

/** Facts of one kind, in the order in which they are told. */
export interface Section {
  readonly name: SectionName;
  readonly facts: readonly Fact[];
}

const sectionNames = ['answer', 'pods', 'sockets', 'rules', 'curl', 'events'] as const;
export type SectionName = (typeof sectionNames)[number];

/** The same thing in both clusters; a side that has nothing to say about it is undefined. */
export interface DiffRow {
  readonly key: string;
  readonly left?: string;
  readonly right?: string;
  readonly differs: boolean;
}

export interface DiffSection {
  readonly name: SectionName;
  readonly rows: readonly DiffRow[];
}

/** What two clusters say, side by side. Several facts about one thing are told in one row. */
export function diffSections(left: readonly Section[], right: readonly Section[]): DiffSection[] {
  return sectionNames.map((name) => ({ name, rows: diffFacts(factsOf(left, name), factsOf(right, name)) }));
}

function diffFacts(left: readonly Fact[], right: readonly Fact[]): DiffRow[] {
  const [lefts, rights] = [byKey(left), byKey(right)];
  return [...new Set([...lefts.keys(), ...rights.keys()])].map((key) => {
    const row = { key, left: lefts.get(key), right: rights.get(key) };
    return { ...row, differs: row.left !== row.right };
  });
}

function byKey(facts: readonly Fact[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const { key, value } of facts) {
    const before = values.get(key);
    values.set(key, before === undefined ? value : `${before}\n${value}`);
  }
  return values;
}

function factsOf(sections: readonly Section[], name: SectionName): readonly Fact[] {
  return sections.find((section) => section.name === name)?.facts ?? [];
}
