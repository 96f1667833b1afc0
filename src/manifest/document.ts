import type { FieldPath, FieldRange, ManifestDocument, Range } from './manifest';
import type { Chunk } from './chunks';
import { locate } from './locate';
import { parsePath } from './path';
import type { Positions } from './positions';
import type { YamlNode } from './yaml/node';

/** A document that was read, with the tree it came from. */
export class ParsedDocument implements ManifestDocument {
  readonly range: Range;

  constructor(
    readonly index: number,
    readonly value: unknown,
    /** Undefined for JSON that is no YAML. */
    readonly root: YamlNode | undefined,
    readonly chunk: Chunk,
    private readonly positions: Positions,
    content: { readonly start: number; readonly end: number },
  ) {
    this.range = positions.range(content.start, content.end);
  }

  rangeOf(path: FieldPath | string): FieldRange {
    if (!this.root) return { value: this.range, found: false };
    const { node, key, found } = locate(this.root, typeof path === 'string' ? parsePath(path) : path);
    const value = this.rangeOfNode(node);
    return key ? { key: this.rangeOfNode(key), value, found } : { value, found };
  }

  rangeOfNode({ start, end }: Pick<YamlNode, 'start' | 'end'>): Range {
    return this.rangeOfText(start, end);
  }

  /** A range given by offsets into the document's own text. */
  rangeOfText(start: number, end: number): Range {
    return this.positions.range(this.chunk.toFile(start), this.chunk.toFile(end));
  }
}
