import { FlowReader } from './flow';
import { addNode, type OutlineDocument, type OutlineNode, rangeOn, rootNode, unquoted } from './node';

const keyed = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:[^\s#&*!|>%@`"'{}[\],:-]|-(?=[^\s#:]))[^#:]*?)\s*:(?=\s|$)/;
const opensBlock = /^[|>][-+\d]*\s*(?:#.*)?$/;

/**
 * Reads a text by its indentation, line by line, so that one in the middle of being typed has a shape as well. It
 * decides nothing: whether something is right is for src/manifest and the API server.
 */
export function readOutline(text: string): OutlineDocument[] {
  const documents: OutlineDocument[] = [];
  const lines = text.split(/\r?\n/);
  let reader = new DocumentReader();
  let from = 0;
  lines.forEach((line, number) => {
    if (/^---(?:\s|$)/.test(line)) {
      documents.push({ root: reader.root, from, to: number });
      reader = new DocumentReader();
      from = number + 1;
    } else reader.read(line, number);
  });
  return [...documents, { root: reader.root, from, to: lines.length }];
}

interface Open {
  readonly node: OutlineNode;
  readonly column: number;
}

class DocumentReader {
  readonly root = rootNode();
  private readonly stack: Open[] = [{ node: this.root, column: -1 }];
  /** The column of the key whose text block is being passed. */
  private block: number | undefined;
  private flow: FlowReader | undefined;

  read(line: string, number: number): void {
    if (this.flow) {
      if (this.flow.read(line, 0, number)) this.flow = undefined;
      return;
    }
    const column = line.search(/\S/);
    if (column < 0 || (this.block !== undefined && column > this.block)) return;
    this.block = undefined;
    let at = column;
    for (let dash = /^-(?:\s+|$)/.exec(line.slice(at)); dash; dash = /^-(?:\s+|$)/.exec(line.slice(at))) {
      this.item(number, at, dash[0].length);
      at += dash[0].length;
    }
    if (at < line.length) this.rest(line, at, number);
  }

  private item(line: number, column: number, length: number): void {
    const parent = this.close(column, true);
    const index = parent.children.filter((child) => typeof child.step === 'number').length;
    const node = addNode(parent, index, line, column, column + 1);
    node.valueRange = rangeOn(line, column + length, column + length);
    this.stack.push({ node, column });
  }

  /** What stands behind the dashes of a line. */
  private rest(line: string, at: number, number: number): void {
    const text = line.slice(at);
    const [key, quoted = ''] = keyed.exec(text) ?? [];
    if (key === undefined) return this.keyless(line, at, number);
    const parent = this.close(at, false);
    const node = addNode(parent, unquoted(quoted), number, at, at + quoted.length);
    this.stack.push({ node, column: at });
    this.value(node, line, at + (/^\s*/.exec(text.slice(key.length))?.[0].length ?? 0) + key.length, number, at);
  }

  /** A value behind a dash, a word that may become a key, or a line that goes on with a text above it. */
  private keyless(line: string, at: number, number: number): void {
    const text = bare(line.slice(at));
    const top = this.stack.at(-1);
    if (text === '' || !top) return;
    const behindDash = typeof top.node.step === 'number' && top.node.range.start.line === number;
    if (behindDash || /^[[{]/.test(text)) this.value(top.node, line, at, number, top.column);
    if (/^[A-Za-z][\w./-]*$/.test(text)) {
      const parent = behindDash ? top.node : this.close(at, false);
      addNode(parent, text, number, at, at + text.length, true);
    }
  }

  private value(node: OutlineNode, line: string, at: number, number: number, column: number): void {
    const text = bare(line.slice(at));
    node.value = text;
    node.valueRange = rangeOn(number, at, at + text.length);
    if (opensBlock.test(line.slice(at))) this.block = column;
    if (!/^[[{]/.test(text)) return;
    const flow = new FlowReader(node);
    if (!flow.read(line, at, number)) this.flow = flow;
  }

  /** Ends what is indented as far as `column` or further; what is left is the parent. A list may stand as far out as its key. */
  private close(column: number, item: boolean): OutlineNode {
    for (;;) {
      const top = this.stack.at(-1);
      if (!top) return this.root;
      const open = item && top.column === column && typeof top.node.step === 'string' && top.node.value === '';
      if (top.column < column || open) return top.node;
      this.stack.pop();
    }
  }
}

/** A value without the comment behind it. */
function bare(text: string): string {
  if (/^["']/.test(text)) return /^(?:"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)/.exec(text)?.[0] ?? text;
  return text.replace(/(?:^|\s)#.*$/, '').trimEnd();
}
