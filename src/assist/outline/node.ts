import type { Range } from '@/manifest/manifest';

/** A key or a list item of a text that may be broken anywhere: what was typed so far, with its place. */
export interface OutlineNode {
  /** The key, or the index in the list. */
  readonly step: string | number;
  /** The key's own characters; of an item its dash. */
  readonly range: Range;
  readonly parent: OutlineNode | undefined;
  readonly children: OutlineNode[];
  /** What stands behind the key or dash on the same line, as it is written; empty for nothing. */
  value: string;
  /** Where `value` stands. */
  valueRange: Range;
  /** A word without a colon yet. */
  word: boolean;
  /** From behind the opening bracket to the closing one, or to as far as was read. */
  inner?: Range;
}

/** A document of the text: its lines, from the one behind the separator to the one before the next. */
export interface OutlineDocument {
  readonly root: OutlineNode;
  readonly from: number;
  readonly to: number;
}

/** The node of a whole document. */
export function rootNode(): OutlineNode {
  const nowhere = rangeOn(-1, 0, 0);
  return { step: '', range: nowhere, parent: undefined, children: [], value: '', valueRange: nowhere, word: false };
}

/** Adds a child that stands at `from`–`to` of a line. */
export function addNode(
  parent: OutlineNode,
  step: string | number,
  line: number,
  from: number,
  to: number,
  word = false,
): OutlineNode {
  const valueRange = rangeOn(line, to, to);
  const node = { step, range: rangeOn(line, from, to), parent, children: [], value: '', valueRange, word };
  parent.children.push(node);
  return node;
}

/** A range within one line. */
export function rangeOn(line: number, from: number, to: number): Range {
  return { start: { line, character: from }, end: { line, character: to } };
}

/** A scalar without its quotes. */
export function unquoted(text: string): string {
  if (/^"(?:[^"\\]|\\.)*"$/.test(text)) return text.slice(1, -1).replace(/\\(.)/g, '$1');
  if (/^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  return text;
}

/** All nodes below one, in the order of the text. */
export function* nodesBelow(node: OutlineNode): Generator<OutlineNode> {
  for (const child of node.children) {
    yield child;
    yield* nodesBelow(child);
  }
}

/** Keys and indexes from the document's root. */
export function pathTo(node: OutlineNode): (string | number)[] {
  return node.parent ? [...pathTo(node.parent), node.step] : [];
}
