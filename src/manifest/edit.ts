import type { ParsedDocument } from './document';
import { type EditPlace, editPlace, holdsAnchor, written } from './edit-place';
import type { FieldPath, ManifestDocument, TextEdit } from './manifest';
import type { MappingNode, YamlNode } from './yaml/node';

/**
 * Edits that set one field and leave everything else, comments included, as it is. A field that is missing is added to
 * its parent; missing parents are added with it. Empty when there is no place for it (see `editPlace`).
 */
export function editValue(document: ManifestDocument, path: FieldPath | string, value: unknown): TextEdit[] {
  const place = editPlace(document, path);
  if (!place) return [];
  const { node, found } = place;
  if (found) return replaceNode(place.document, node, value);
  const [next, ...rest] = place.wanted.slice(place.steps);
  if (typeof next !== 'string' || rest.some((step) => typeof step === 'number')) return [];
  const nested = [...rest].reverse().reduce<unknown>((inner, step) => ({ [step]: inner }), value);
  if (node.kind === 'mapping') return [addPair(place.document, node, next, nested)];
  // A key without a value: what is missing becomes its value.
  if (node.kind === 'scalar' && node.value === '' && node.style === 'plain') {
    return replaceNode(place.document, node, { [next]: nested });
  }
  return [];
}

/** Edits that give a key another name. */
export function renameKey(document: ManifestDocument, path: FieldPath | string, name: string): TextEdit[] {
  const place = editPlace(document, path);
  if (!place?.found || place.key?.kind !== 'scalar' || holdsAnchor(place.key)) return [];
  return [{ range: place.document.rangeOfNode(place.key), newText: written(place.document, name) }];
}

/** Edits that put a number or a word as it is typed (`0644`, `1.10`, `yes`) in quotes. */
export function quoteValue(document: ManifestDocument, path: FieldPath | string): TextEdit[] {
  const place = editPlace(document, path);
  const text = place && typedText(place);
  return text === undefined ? [] : editValue(document, path, text);
}

/** The characters of a plain scalar; undefined for everything else. */
export function plainText(document: ManifestDocument, path: FieldPath | string): string | undefined {
  const place = editPlace(document, path);
  return place && typedText(place);
}

function typedText({ node, found }: EditPlace): string | undefined {
  return found && node.kind === 'scalar' && node.style === 'plain' && node.tag === '' ? node.value : undefined;
}

function replaceNode(document: ParsedDocument, node: YamlNode, value: unknown): TextEdit[] {
  if (holdsAnchor(node)) return [];
  const { text } = document.chunk;
  // An empty value stands right behind its colon.
  const bare = node.start === node.end && /[:-]$/.test(text.slice(0, node.start));
  const newText = `${bare ? ' ' : ''}${written(document, value)}`;
  return [{ range: document.rangeOfText(node.start, node.end), newText }];
}

function addPair(document: ParsedDocument, node: MappingNode, name: string, value: unknown): TextEdit {
  const { text, newline } = document.chunk;
  const pair = `${written(document, name)}: ${written(document, value)}`;
  const last = node.pairs.at(-1)?.value;
  if (node.flow) {
    // Behind the last value, not before the bracket: that one may stand on a line of its own.
    const at = last && last.end > last.start ? last.end : node.end - 1;
    return { range: document.rangeOfText(at, at), newText: last ? `, ${pair}` : pair };
  }
  const end = Math.max(last?.end ?? node.end, node.pairs.at(-1)?.key.end ?? 0);
  const first = node.pairs[0]?.key.start ?? node.start;
  const column = first - (text.lastIndexOf('\n', first - 1) + 1);
  const lineBreak = text.indexOf('\n', Math.max(end - 1, 0));
  const at = lineBreak < 0 ? text.length : lineBreak;
  return { range: document.rangeOfText(at, at), newText: `${newline}${' '.repeat(column)}${pair}` };
}
