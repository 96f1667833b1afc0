import { lastAtOrBefore } from './positions';
import { trimSpace } from './white-space';

/** The text of one document as it reaches the YAML parser, and the way back to the file. */
export class Chunk {
  /** How the file ends its lines. */
  readonly newline: '\n' | '\r\n';
  private lines: LineStarts | undefined;

  constructor(
    readonly text: string,
    /** Where it begins in the file. */
    private readonly start: number,
    /** The file's own characters, where they are not those of `text`: its lines end with `\r\n`. */
    private readonly source?: string,
  ) {
    this.newline = source === undefined ? '\n' : '\r\n';
  }

  /** The file's offset of an offset into `text`. */
  toFile(offset: number): number {
    if (this.source === undefined) return this.start + offset;
    const { inText, inSource } = (this.lines ??= lineStarts(this.source));
    const line = lastAtOrBefore(inText, offset);
    return this.start + (inSource[line] ?? 0) + (offset - (inText[line] ?? 0));
  }
}

/** Where each line begins with and without the `\r` before its end. */
interface LineStarts {
  readonly inText: readonly number[];
  readonly inSource: readonly number[];
}

function lineStarts(source: string): LineStarts {
  const inText: number[] = [];
  const inSource: number[] = [];
  let dropped = 0;
  for (let at = 0; at < source.length;) {
    inSource.push(at);
    inText.push(at - dropped);
    const end = source.indexOf('\n', at);
    if (end < 0) break;
    if (end > at && source[end - 1] === '\r') dropped++;
    at = end + 1;
  }
  return { inText, inSource };
}

/** A line that begins with `---` and goes on with something that is no comment. */
export interface BadSeparator {
  readonly message: string;
  readonly offset: number;
}

/**
 * Cuts a file at its separators, lazily, from `offset` on. A separator belongs to the document it opens only where
 * nothing stands before it. Upstream: staging/src/k8s.io/apimachinery/pkg/util/yaml/decoder.go `YAMLReader.Read`
 */
export function* chunksOf(file: string, offset = 0): Generator<Chunk | BadSeparator> {
  const carriageReturns = file.includes('\r\n');
  const chunk = (from: number, to: number) => {
    const source = file.slice(from, to);
    const text = carriageReturns ? source.replaceAll('\r\n', '\n') : source;
    return new Chunk(text.endsWith('\n') ? text : `${text}\n`, from, carriageReturns ? source : undefined);
  };
  let from = offset;
  for (let at = separatorFrom(file, offset); at >= 0;) {
    const lineEnd = file.indexOf('\n', at);
    const end = lineEnd < 0 ? file.length : lineEnd;
    const rest = trimSpace(file.slice(at + 3, end));
    if (rest !== '' && !rest.startsWith('#')) {
      yield { message: `invalid Yaml document separator: ${rest}`, offset: at };
      return;
    }
    if (at > from) {
      yield chunk(from, at);
      from = end + 1;
    }
    at = separatorFrom(file, end + 1);
  }
  if (from < file.length) yield chunk(from, file.length);
}

/** The first line at or after `offset`, which begins a line, that begins with `---`; -1 where none does. */
function separatorFrom(file: string, offset: number): number {
  if (file.startsWith('---', offset)) return offset;
  const before = file.indexOf('\n---', offset);
  return before < 0 ? -1 : before + 1;
}
