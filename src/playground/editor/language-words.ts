import type { FieldFacts } from '@/assist/facts';
import type { Hint, HintField } from '@/assist/hints';
import type { Strings } from '../strings';

type Words = Strings['editor'];

/** What hangs beside the text: `hostPort: 80`; undefined where nothing of it matters much. */
export function hintLabel({ fields }: Hint, words: Words): string | undefined {
  const shown = fields.filter((field) => field.notable);
  if (shown.length === 0) return undefined;
  const parts = shown.map(({ text, where }) => (where === 'pod' ? `${short(text)} (${words.inPods})` : short(text)));
  const more = fields.length - shown.length;
  return [...parts, ...(more > 0 ? [words.more(more)] : [])].join(' · ');
}

/** A line has room for a field, not for an object; that is whole in what opens over it. */
function short(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text;
}

const longest = 34;

/** All that is filled in at a place. */
export function hintMarkdown({ fields }: Hint, words: Words): string {
  const of = (where: HintField['where']) => fields.filter((field) => field.where === where).map(({ text }) => text);
  return [...block(words.fillsIn, of('object')), ...block(words.fillsInPods, of('pod'))].join('\n\n');
}

/** What is known of a field, in paragraphs. */
export function factsMarkdown(facts: FieldFacts, description: string | undefined, words: Words): { value: string }[] {
  const { title, type, required, enum: values, fallback, onChange, adds } = facts;
  const head = [`\`${title}\``, `*${plain(type)}*`, required ? `**${words.required}**` : '']
    .filter(Boolean)
    .join(' · ');
  const of = (where: HintField['where']) => adds.filter((one) => one.where === where).map(({ text }) => text);
  const served = [
    values.length > 0
      ? `${words.values} ${values.map((value) => `\`${value === '' ? '""' : value}\``).join(', ')}`
      : '',
    fallback === undefined ? '' : words.fallback(fallback),
    ...block(words.fillsIn, of('object')),
    ...block(words.fillsInPods, of('pod')),
    onChange ? words.change[onChange.kind] : '',
    onChange?.kind === 'refused' ? fenced('text', [onChange.message]) : '',
  ].filter(Boolean);
  return [head, plain(description ?? ''), served.join('\n\n')].filter(Boolean).map((value) => ({ value }));
}

function block(heading: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [heading, fenced('yaml', lines)] : [];
}

function fenced(language: string, lines: readonly string[]): string {
  return `\`\`\`${language}\n${lines.join('\n')}\n\`\`\``;
}

/** Text in which nothing is markup but code between `backticks`. */
function plain(text: string): string {
  const parts = text.split('`');
  const code = parts.length % 2 === 1;
  return parts
    .map((part, i) => (code && i % 2 === 1 ? `\`${part}\`` : part.replace(/[\\`*_{}[\]<>#|]/g, '\\$&')))
    .join(code ? '' : '\\`');
}
