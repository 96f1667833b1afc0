import { addNode, type OutlineNode, rangeOn, unquoted } from './node';

const tokens =
  /\s+|[[\]{},]|"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|:(?=[\s,\]}]|$)|#.*$|(?:[^\s[\]{},:]|:(?=\S))(?:[^[\]{},:]|:(?=[^\s,\]}]))*/y;

interface OpenBracket {
  readonly node: OutlineNode;
  readonly list: boolean;
}

/** Reads `{a: b, c: [d]}` below a node, over several lines where need be. */
export class FlowReader {
  private readonly open: OpenBracket[] = [];
  /** The key or item whose value comes next, or a word that may become a key. */
  private last: OutlineNode | undefined;

  constructor(private readonly at: OutlineNode) {}

  /** Reads a line from a column on; true when the outermost bracket was closed. */
  read(line: string, from: number, number: number): boolean {
    const pattern = new RegExp(tokens);
    pattern.lastIndex = from;
    for (let match = pattern.exec(line); match; match = pattern.exec(line)) {
      const text = match[0].trimEnd();
      if (text === '') continue;
      if (text.startsWith('#')) break;
      this.token(text, number, match.index);
      if (this.open.length === 0) return true;
    }
    for (const { node } of this.open)
      if (node.inner) node.inner = { ...node.inner, end: rangeOn(number, 0, line.length).end };
    return false;
  }

  private token(text: string, line: number, column: number): void {
    if (text === '{' || text === '[') this.opened(text === '[', line, column);
    else if (text === '}' || text === ']') this.closed(line, column);
    else if (text === ',') this.last = undefined;
    else if (text === ':') this.colon(line, column);
    else this.scalar(text, line, column);
  }

  private opened(list: boolean, line: number, column: number): void {
    const around = this.open.at(-1);
    const item = around?.list && !this.last ? this.item(around.node, line, column) : undefined;
    const node = item ?? (around ? this.last : undefined) ?? this.at;
    node.value ||= list ? '[' : '{';
    node.inner = rangeOn(line, column + 1, column + 1);
    this.open.push({ node, list });
    this.last = undefined;
  }

  private closed(line: number, column: number): void {
    const node = this.open.pop()?.node;
    if (node?.inner) node.inner = { ...node.inner, end: rangeOn(line, column, column).end };
    this.last = node;
  }

  private item(list: OutlineNode, line: number, column: number): OutlineNode {
    return addNode(list, list.children.length, line, column, column);
  }

  private colon(line: number, column: number): void {
    if (!this.last?.word) return;
    this.last.word = false;
    this.last.valueRange = rangeOn(line, column + 1, column + 1);
  }

  private scalar(text: string, line: number, column: number): void {
    const around = this.open.at(-1);
    if (!around) return;
    if (around.list && !this.last) this.last = this.item(around.node, line, column);
    if (this.last && !this.last.word) {
      this.last.value = text;
      this.last.valueRange = rangeOn(line, column, column + text.length);
    } else this.last ??= addNode(around.node, unquoted(text), line, column, column + text.length, true);
  }
}
