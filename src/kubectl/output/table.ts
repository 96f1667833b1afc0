/**
 * Go's text/tabwriter with space padding, as kubectl uses it. `minimum` width of a cell, `padding` behind it; the last
 * cell of a line is never padded. Cells of a column line up over neighbouring lines that have that column.
 * Upstream: text/tabwriter; settings in cli-runtime/pkg/printers/tabwriter.go and kubectl/pkg/describe.
 */
export function tabwriter(lines: readonly (readonly string[])[], minimum: number, padding: number): string {
  const widths = lines.map((cells) => cells.map(() => 0));
  const deepest = Math.max(0, ...lines.map((cells) => cells.length));
  for (let column = 0; column < deepest; column++) {
    for (let start = 0; start < lines.length; start++) {
      if (!hasColumn(lines, start, column)) continue;
      let end = start;
      let width = minimum;
      while (hasColumn(lines, end, column)) {
        const cell = lines[end]?.[column] ?? '';
        width = Math.max(width, [...cell].length + padding);
        end++;
      }
      for (let i = start; i < end; i++) {
        const row = widths[i];
        if (row) row[column] = width;
      }
      start = end - 1;
    }
  }
  return lines
    .map((cells, i) =>
      cells.map((cell, j) => (j === cells.length - 1 ? cell : padded(cell, widths[i]?.[j] ?? 0))).join(''),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** A cell belongs to a column only when another one follows it: the last text of a line is free. */
function hasColumn(lines: readonly (readonly string[])[], i: number, column: number): boolean {
  const cells = lines[i];
  return cells !== undefined && column < cells.length - 1;
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - [...cell].length));
}

/** The columns of `kubectl get` and its like. Upstream: cli-runtime/pkg/printers/tabwriter.go. */
export function printTable(rows: readonly (readonly string[])[]): string {
  return tabwriter(rows, 6, 3);
}
