import type { Position, Range } from './manifest';

/** Turns offsets of a text into positions. Lines end with `\n`, `\r\n` or `\r`. */
export class Positions {
  private starts: readonly number[] | undefined;

  constructor(private readonly text: string) {}

  position(offset: number): Position {
    const starts = (this.starts ??= lineStarts(this.text));
    const at = Math.min(Math.max(offset, 0), this.text.length);
    const line = lastAtOrBefore(starts, at);
    return { line, character: at - (starts[line] ?? 0) };
  }

  /** The offset of a position; past the end of the text it is the end. */
  offset({ line, character }: Position): number {
    const starts = (this.starts ??= lineStarts(this.text));
    return Math.min((starts[line] ?? this.text.length) + character, this.text.length);
  }

  range(start: number, end: number): Range {
    return { start: this.position(start), end: this.position(Math.max(start, end)) };
  }

  /** From `offset` to the end of its line. */
  restOfLine(offset: number): Range {
    const rest = /[\r\n]/.exec(this.text.slice(offset));
    return this.range(offset, rest ? offset + rest.index : this.text.length);
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  const ends = text.includes('\r') ? /\r\n|\n|\r/g : undefined;
  if (ends) for (const match of text.matchAll(ends)) starts.push(match.index + match[0].length);
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last of the ascending `numbers` that is not greater than `wanted`. */
export function lastAtOrBefore(numbers: readonly number[], wanted: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? Infinity) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
