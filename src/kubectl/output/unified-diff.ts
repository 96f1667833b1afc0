const contextLines = 3;

interface Edit {
  readonly type: ' ' | '-' | '+';
  readonly text: string;
}

/** The hunks of `diff -u` between two texts, with so many equal lines around each; empty when they are equal. */
export function unifiedDiff(before: string, after: string, context = contextLines): string {
  const edits = compare(linesOf(before), linesOf(after));
  const changes = edits.flatMap((edit, i) => (edit.type === ' ' ? [] : [i]));
  if (changes.length === 0) return '';
  const hunks: [start: number, end: number][] = [];
  for (const i of changes) {
    const last = hunks.at(-1);
    // GNU diff joins two hunks whose lines around them meet.
    if (last && i - last[1] - 1 <= 2 * context) last[1] = i;
    else hunks.push([i, i]);
  }
  return hunks
    .map(([first, last]) => hunk(edits, Math.max(0, first - context), Math.min(edits.length - 1, last + context)))
    .join('');
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function hunk(edits: readonly Edit[], start: number, end: number): string {
  const before = edits.slice(0, start);
  const part = edits.slice(start, end + 1);
  const oldCount = part.filter((edit) => edit.type !== '+').length;
  const newCount = part.filter((edit) => edit.type !== '-').length;
  const oldStart = before.filter((edit) => edit.type !== '+').length;
  const newStart = before.filter((edit) => edit.type !== '-').length;
  const head = `@@ -${span(oldStart, oldCount)} +${span(newStart, newCount)} @@\n`;
  return head + part.map((edit) => `${edit.type}${edit.text}\n`).join('');
}

function span(before: number, count: number): string {
  const start = count === 0 ? before : before + 1;
  return count === 1 ? String(start) : `${start},${count}`;
}

/** Shortest edit script by longest common subsequence; deletions stand before insertions. */
function compare(a: readonly string[], b: readonly string[]): Edit[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (!row) continue;
      row[j] = a[i] === b[j] ? (lengths[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(lengths[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  const out: Edit[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && left === right) {
      out.push({ type: ' ', text: left });
      i++;
      j++;
    } else if (
      left !== undefined &&
      (right === undefined || (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))
    ) {
      out.push({ type: '-', text: left });
      i++;
    } else if (right !== undefined) {
      out.push({ type: '+', text: right });
      j++;
    }
  }
  return out;
}
