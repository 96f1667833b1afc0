import type { FieldPath, FieldRange, ManifestDocument, Range } from './manifest';
import type { Chunk } from './chunks';
import { locate } from './locate';
import { parsePath } from './path';
import type { Positions } from './positions';
import type { YamlNode } from './yaml/node';

/** A document that was read, with the tree it came from. */
export class ParsedDocument implements ManifestDocument {
  private known: Range | undefined;

  constructor(
    readonly index: number,
    readonly value: unknown,
    /** Undefined for JSON that is no YAML. */
    readonly root: YamlNode | undefined,
    readonly chunk: Chunk,
    private readonly positions: Positions,
    /** From the first to the last node, as offsets of the file. */
    private readonly content: { readonly start: number; readonly end: number },
    /** Every key and text stands in double quotes, and has to. */
    readonly json = false,
  ) {}

  get range(): Range {
    return (this.known ??= this.positions.range(this.content.start, this.content.end));
  }

  rangeOf(path: FieldPath | string): FieldRange {
    if (!this.root) return { value: this.range, found: false };
    const { node, key, found } = locate(this.root, typeof path === 'string' ? parsePath(path) : path);
    const value = this.rangeOfNode(node);
    return key ? { key: this.rangeOfNode(key), value, found } : { value, found };
  }

  /** A part of this document as a document of its own: an item of a `List`. */
  part(path: FieldPath, value: unknown): ParsedDocument {
    if (!this.root) return this;
    const { node } = locate(this.root, path);
    const content = { start: this.chunk.toFile(node.start), end: this.chunk.toFile(node.end) };
    return new ParsedDocument(this.index, value, node, this.chunk, this.positions, content, this.json);
  }

  rangeOfNode({ start, end }: Pick<YamlNode, 'start' | 'end'>): Range {
    return this.rangeOfText(start, end);
  }

  /** A range given by offsets into the document's own text. */
  rangeOfText(start: number, end: number): Range {
    return this.positions.range(this.chunk.toFile(start), this.chunk.toFile(end));
  }
}
