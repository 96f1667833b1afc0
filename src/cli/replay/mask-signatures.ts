import { type Token, tokens } from './masks';

/** Kinds that are drawn by lot and stand for something that lives through a session. */
const drawn = new Set(['suffix', 'uid', 'id', 'address']);

type Lines = readonly (readonly Token[])[];

/**
 * Finds out which drawn value of a recording is which of ours by the company they keep: values that stand in the same
 * lines of the same outputs, but for other drawn values, belong together. Needed where rows are sorted by drawn names.
 * Returns pairs of `kind value` keys; values without a counterpart are left out.
 */
export function pairBySignature(recorded: readonly string[], got: readonly string[]): [string, string][] {
  const there = signatures(recorded);
  const here = signatures(got);
  const pairs: [string, string][] = [];
  for (const [signature, keys] of there) {
    const others = here.get(signature) ?? [];
    if (others.length === keys.length) keys.forEach((key, i) => pairs.push([key, others[i] ?? '']));
  }
  return pairs;
}

/** Drawn values by signature, each group in the order of first appearance. */
function signatures(texts: readonly string[]): Map<string, string[]> {
  const outputs = texts.map((text) => text.split('\n').map((line) => tokens(line.replace(/ {2,}/g, '  '))));
  let known = new Map<string, string>();
  // A second round tells apart values that differ only in what the values beside them do elsewhere.
  for (let round = 0; round < 2; round++) known = refine(outputs, known);
  const groups = new Map<string, string[]>();
  for (const [key, signature] of known) groups.set(signature, [...(groups.get(signature) ?? []), key]);
  return groups;
}

function refine(outputs: readonly Lines[], before: ReadonlyMap<string, string>): Map<string, string> {
  const seen = new Map<string, string[]>();
  outputs.forEach((lines, step) => {
    lines.forEach((line, number) => {
      const place = inYaml(line) ? `${step}:${number}` : String(step);
      line.forEach((token, at) => {
        if (!drawn.has(token.kind)) return;
        const context = line.map((other, i) => (i === at ? '*' : shown(other, before))).join('');
        const key = keyOf(token);
        seen.set(key, [...(seen.get(key) ?? []), `${place} ${context}`]);
      });
    });
  });
  const out = new Map<string, string>();
  for (const [key, contexts] of seen) out.set(key, `${key.split(' ')[0]} ${digest(contexts.sort().join('\n'))}`);
  return out;
}

/** A line of YAML: there the order is the object's own, not that of drawn names. */
function inYaml([first]: readonly Token[]): boolean {
  return first?.kind === 'text' && /^ +(?:- )?\w+: /.test(first.value);
}

function shown(token: Token, before: ReadonlyMap<string, string>): string {
  if (token.kind === 'text') return token.value;
  return `<${drawn.has(token.kind) ? (before.get(keyOf(token)) ?? token.kind) : token.kind}>`;
}

function keyOf({ kind, value }: Token): string {
  return `${kind} ${value}`;
}

/**
 * The same by majority, for sessions whose outputs differ here and there: of all possible pairs of drawn values of one
 * kind, those that stand in the most equal lines of equal steps are taken first, one to one.
 */
export function pairByCompany(recorded: readonly string[], got: readonly string[]): [string, string][] {
  const there = places(recorded);
  const here = places(got);
  const scores = new Map<string, { key: string; other: string; score: number }>();
  for (const [place, keys] of there) {
    const others = here.get(place);
    if (!others) continue;
    // A line that many values share says little about any of them.
    const weight = 1 / Math.max(keys.length, others.length);
    for (const key of keys) {
      for (const other of others) {
        const id = `${key}\n${other}`;
        const before = scores.get(id)?.score ?? 0;
        scores.set(id, { key, other, score: before + weight });
      }
    }
  }
  const taken = new Set<string>();
  const pairs: [string, string][] = [];
  for (const { key, other } of [...scores.values()].sort((a, b) => b.score - a.score)) {
    if (taken.has(`there ${key}`) || taken.has(`here ${other}`)) continue;
    taken.add(`there ${key}`).add(`here ${other}`);
    pairs.push([key, other]);
  }
  return pairs;
}

/** Which drawn values stand in which place: a step, a line but for its drawn values, and a position in that line. */
function places(texts: readonly string[]): Map<string, string[]> {
  const out = new Map<string, string[]>();
  texts.forEach((text, step) => {
    for (const line of text.split('\n')) {
      const row = tokens(line.trimEnd().replace(/ {2,}/g, '  '));
      row.forEach((token, at) => {
        if (!drawn.has(token.kind)) return;
        const context = row.map((other, i) => (i === at ? '*' : shown(other, new Map()))).join('');
        const place = `${step} ${token.kind} ${context}`;
        const keys = out.get(place) ?? [];
        if (!keys.includes(keyOf(token))) out.set(place, [...keys, keyOf(token)]);
      });
    }
  });
  return out;
}

/** Keeps signatures short; equal texts are what counts. */
function digest(text: string): string {
  let a = 0x811c9dc5;
  let b = 5381;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = (Math.imul(b, 33) + text.charCodeAt(i)) | 0;
  }
  return `${a >>> 0}.${b >>> 0}.${text.length}`;
}
