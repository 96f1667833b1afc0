import { readManifest } from '@/manifest/read';
import type { RuleText } from './rule';

const files: Record<string, string> = import.meta.glob('/content/rules/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const read = new Map<string, RuleText>();

/** A rule's words, from content/rules/<id>.yaml. The tests check every file against its schema. */
export function ruleText(id: string): RuleText {
  const known = read.get(id);
  if (known) return known;
  const source = files[`/content/rules/${id}.yaml`];
  if (source === undefined) throw new Error(`content/rules/${id}.yaml is missing`);
  // tests/checker/rules.test.ts holds every file against rule.schema.json.
  const text = readManifest(source).documents[0]?.value as RuleText;
  read.set(id, text);
  return text;
}

/** `{port}` → the notice's value. */
export function fill(template: string, values: Readonly<Record<string, string | number>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank));
}
