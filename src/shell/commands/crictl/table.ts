import { joinLines } from '../text';

/** Rows as crictl lays them out: columns of 20 characters or more, three between them. Upstream: crictl, display.go. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.slice(0, -1).entries())
      widths[column] = Math.max(widths[column] ?? 20, cell.length + 3);
  return joinLines(rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('')));
}

/** As many characters of an id as crictl shows. Upstream: crictl, util.go `truncatedIDLen` */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 13);
}
