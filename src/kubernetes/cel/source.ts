/** A complaint about an expression: where it begins, counted from 0 in characters, and what it says. */
export interface CelIssue {
  readonly offset: number;
  readonly text: string;
}

/** An expression that cannot be used. Upstream: cel-go common/error.go, common/source.go */
export class CelError extends Error {
  constructor(
    readonly source: string,
    readonly issues: readonly CelIssue[],
  ) {
    const sorted = [...issues].sort((a, b) => a.offset - b.offset);
    super(sorted.map((issue) => shown(source, issue)).join('\n'));
  }
}

/** Longer lines are not shown. */
const longestLine = 16_384;

/** The complaint, the line, and a mark below the character. */
function shown(source: string, { offset, text }: CelIssue): string {
  const before = source.slice(0, offset).split('\n');
  const row = before.length;
  const passed = [...(before.at(-1) ?? '')];
  const line = (source.split('\n')[row - 1] ?? '').replace(/\t/g, ' ');
  // Where there is no text at all, its end has no place in it either.
  if (source === '') return `ERROR: <input>:1:0: ${text}`;
  const head = `ERROR: <input>:${row}:${passed.length + 1}: ${text}`;
  if (line.length > longestLine) return head;
  // What is more than one byte is taken to be wide, and marked by a wide sign.
  const isWide = (char: string | undefined) => (char?.codePointAt(0) ?? 0) > 0x7f;
  const dots = passed.map((char) => (isWide(char) ? '．' : '.')).join('');
  return `${head}\n | ${line}\n | ${dots}${isWide([...line][passed.length]) ? '＾' : '^'}`;
}
