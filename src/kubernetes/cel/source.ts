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

/** The complaint, the line, and a mark below the character. */
function shown(source: string, { offset, text }: CelIssue): string {
  const before = source.slice(0, offset).split('\n');
  const row = before.length;
  const column = (before.at(-1) ?? '').length;
  const line = (source.split('\n')[row - 1] ?? '').replace(/\t/g, ' ');
  return `ERROR: <input>:${row}:${column + 1}: ${text}\n | ${line}\n | ${'.'.repeat(column)}^`;
}
