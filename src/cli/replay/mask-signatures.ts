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
