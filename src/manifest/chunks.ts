import { lastAtOrBefore } from './positions';
import { trimSpace } from './white-space';

/** The text of one document as it reaches the YAML parser, and the way back to the file. */
export class Chunk {
  constructor(
    readonly text: string,
    /** Where each line of `text` begins, in `text` and in the file. */
    private readonly lineStarts: readonly number[],
    private readonly fileStarts: readonly number[],
    /** How the file ends its lines. */
    readonly newline: '\n' | '\r\n' = '\n',
  ) {}

  /** The file's offset of an offset into `text`. */
  toFile(offset: number): number {
    const line = lastAtOrBefore(this.lineStarts, offset);
    return (this.fileStarts[line] ?? 0) + (offset - (this.lineStarts[line] ?? 0));
  }
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
  let lines: string[] = [];
  let fileStarts: number[] = [];
  const newline = file.includes('\r\n') ? '\r\n' : '\n';
  const chunk = () => {
    const lineStarts: number[] = [];
    let length = 0;
    for (const line of lines) {
      lineStarts.push(length);
      length += line.length + 1;
    }
    const made = new Chunk(lines.map((line) => `${line}\n`).join(''), lineStarts, fileStarts, newline);
    lines = [];
    fileStarts = [];
    return made;
  };
  for (let start = offset; start < file.length;) {
    const end = file.indexOf('\n', start);
    const stop = end < 0 ? file.length : end;
    const line = file.slice(start, end > start && file[stop - 1] === '\r' ? stop - 1 : stop);
    if (line.startsWith('---')) {
      const rest = trimSpace(line.slice(3));
      if (rest !== '' && !rest.startsWith('#')) {
        yield { message: `invalid Yaml document separator: ${rest}`, offset: start };
        return;
      }
      if (lines.length > 0) {
        yield chunk();
        start = stop + 1;
        continue;
      }
    }
    lines.push(line);
    fileStarts.push(start);
    start = stop + 1;
  }
  if (lines.length > 0) yield chunk();
}
