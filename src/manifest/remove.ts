import type { ParsedDocument } from './document';
import { editPlace, holdsAnchor } from './edit-place';
import type { FieldPath, ManifestDocument, TextEdit } from './manifest';
import type { MappingNode, SequenceNode, YamlNode } from './yaml/node';

/** Edits that take a field or a list item out, with the lines that hold nothing else. */
export function removeField(document: ManifestDocument, path: FieldPath | string): TextEdit[] {
  const place = editPlace(document, path);
  const parent = place?.parents.at(-1);
  if (!place?.found || (parent?.kind !== 'mapping' && parent?.kind !== 'sequence')) return [];
  const children = parent.kind === 'mapping' ? parent.pairs.map((pair) => pair.value) : parent.items;
  return removeChild(place.document, parent, children.indexOf(place.node));
}

/** Edits that take one pair of a mapping out, whether or not another one has the same key. */
export function removePair(document: ParsedDocument, parent: MappingNode, index: number): TextEdit[] {
  return removeChild(document, parent, index);
}

function removeChild(document: ParsedDocument, parent: MappingNode | SequenceNode, index: number): TextEdit[] {
  const pair = parent.kind === 'mapping' ? parent.pairs[index] : undefined;
  const node = pair?.value ?? (parent.kind === 'sequence' ? parent.items[index] : undefined);
  if (!node || holdsAnchor(node) || (pair && holdsAnchor(pair.key))) return [];
  const { text } = document.chunk;
  const start = pair?.key.start ?? node.start;
  const end = Math.max(node.end, pair?.key.end ?? 0);
  if (parent.flow) return [{ range: document.rangeOfText(...withComma(text, start, end)), newText: '' }];
  const siblings = parent.kind === 'mapping' ? parent.pairs.length : parent.items.length;
  if (siblings === 1) {
    const empty = parent.kind === 'mapping' ? '{}' : '[]';
    return [{ range: document.rangeOfText(parent.start, Math.max(end, parent.end)), newText: empty }];
  }
  return [removeLines(document, parent, index, start, end)];
}

function removeLines(
  document: ParsedDocument,
  parent: MappingNode | SequenceNode,
  index: number,
  start: number,
  end: number,
): TextEdit {
  const { text } = document.chunk;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  // The end of a block scalar is the beginning of the next line.
  const lineBreak = text.indexOf('\n', end > start && text[end - 1] === '\n' ? end - 1 : end);
  const lineEnd = lineBreak < 0 ? text.length : lineBreak + 1;
  // The first key of a list item stands behind its dash: the next key moves up to it.
  if (parent.kind === 'mapping' && index === 0 && text.slice(lineStart, start).trim() !== '') {
    const next: YamlNode | undefined = parent.pairs[1]?.key;
    return { range: document.rangeOfText(start, next?.start ?? lineEnd), newText: '' };
  }
  return { range: document.rangeOfText(lineStart, lineEnd), newText: '' };
}

/** An item of a flow collection and one of the commas beside it. */
function withComma(text: string, start: number, end: number): [number, number] {
  const after = /^\s*,\s*/.exec(text.slice(end));
  if (after) return [start, end + after[0].length];
  const before = /,\s*$/.exec(text.slice(0, start));
  return [before ? before.index : start, end];
}
