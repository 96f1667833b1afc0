import type { Position, Range } from '@/manifest/manifest';
import { nodesBelow, type OutlineDocument, type OutlineNode, rangeOn } from './outline/node';
import { readOutline } from './outline/read';

/** Where in a manifest somebody writes. */
export interface Cursor {
  readonly document: OutlineDocument;
  /** `key`: a field of `at` is named. `value`: what `at` holds is written. */
  readonly writes: 'key' | 'value';
  readonly at: OutlineNode;
  /** What is replaced by what is chosen, and the text of it before the cursor. */
  readonly range: Range;
  readonly typed: string;
  /** The node that is being written, which is no sibling of itself. */
  readonly own?: OutlineNode;
  /** What stands in the line before the cursor is blank, or dashes. */
  readonly fresh: boolean;
}

/** Finds out what is written at a position; undefined in comments and wherever nothing can be said. */
export function cursorAt(text: string, position: Position): Cursor | undefined {
  const document = readOutline(text).find(({ from, to }) => position.line >= from && position.line < to);
  const line = text.split(/\r?\n/)[position.line];
  if (!document || line === undefined) return undefined;
  const before = line.slice(0, position.character);
  if (/(?:^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, ''))) return undefined;
  const nodes = [...nodesBelow(document.root)];
  return (
    onNode(document, nodes, position, line) ??
    inBrackets(document, nodes, position) ??
    onBlank(document, nodes, position, line)
  );
}

/** On a key, or on what stands behind it. */
function onNode(
  document: OutlineDocument,
  nodes: readonly OutlineNode[],
  at: Position,
  line: string,
): Cursor | undefined {
  const onLine = nodes.filter((node) => node.range.start.line === at.line || node.valueRange.start.line === at.line);
  for (const node of [...onLine].reverse()) {
    const { start, end } = node.range;
    const named = typeof node.step === 'string' && start.line === at.line;
    if (named && at.character >= start.character && at.character <= end.character) {
      const typed = line.slice(start.character, at.character);
      const range = node.word ? node.range : { start, end };
      const fresh = /^[\s-]*$/.test(line.slice(0, start.character));
      return node.parent && { document, writes: 'key', at: node.parent, range, typed, own: node, fresh };
    }
  }
  for (const node of [...onLine].reverse()) {
    const { start, end } = node.valueRange;
    if (node.word || node.inner || start.line !== at.line || at.character < node.range.end.character + 1) continue;
    const empty = node.value === '' && /^[\s-]*$/.test(line.slice(node.range.end.character + 1, at.character));
    if (!empty && (at.character < start.character || at.character > end.character)) continue;
    const range = empty ? { start: at, end: at } : node.valueRange;
    const typed = empty ? '' : line.slice(start.character, at.character);
    return { document, writes: 'value', at: node, range, typed, fresh: typeof node.step === 'number' };
  }
  return undefined;
}

/** Between brackets, where nothing is written yet. */
function inBrackets(document: OutlineDocument, nodes: readonly OutlineNode[], at: Position): Cursor | undefined {
  const holder = [...nodes].reverse().find(({ inner }) => inner && holds(inner, at));
  if (!holder?.inner) return undefined;
  const writes = holder.value.startsWith('[') ? 'value' : 'key';
  return { document, writes, at: holder, range: { start: at, end: at }, typed: '', fresh: false };
}

/** On a line that holds nothing yet: the indentation says what it belongs to. */
function onBlank(
  document: OutlineDocument,
  nodes: readonly OutlineNode[],
  at: Position,
  line: string,
): Cursor | undefined {
  if (line.trim() !== '') return undefined;
  const above = nodes.filter((node) => !node.word && node.range.start.line < at.line);
  let parent = above.at(-1) ?? document.root;
  while (
    parent.parent &&
    (parent.range.start.character >= at.character || (parent.value !== '' && typeof parent.step === 'string'))
  )
    parent = parent.parent;
  const child = parent.children.find((one) => !one.word);
  // A field stands in line with its siblings; where it cannot, nothing is offered.
  if (child && child.range.start.character !== at.character) return undefined;
  const range = rangeOn(at.line, at.character, at.character);
  return { document, writes: 'key', at: parent, range, typed: '', fresh: true };
}

function holds({ start, end }: Range, { line, character }: Position): boolean {
  const after = line > start.line || (line === start.line && character >= start.character);
  return after && (line < end.line || (line === end.line && character <= end.character));
}

/** What a document says it is, as far as it says so. */
export function identityOf({ root }: OutlineDocument): { readonly apiVersion?: string; readonly kind?: string } {
  const written = (name: string) => {
    const value = root.children.find((child) => child.step === name && !child.word)?.value.replace(/^["']|["']$/g, '');
    return value === '' ? undefined : value;
  };
  return { apiVersion: written('apiVersion'), kind: written('kind') };
}
