// Upstream: staging/src/k8s.io/apimachinery/pkg/util/diff, github.com/pmezard/go-difflib
import { type InternalStruct, internalForm } from './internal-form';

/**
 * What changed between two values, as upstream shows it: both marshalled as their internal types with an indent of
 * one space, and the unified difference of the texts with three lines around each change.
 */
export function internalDiff(name: InternalStruct, before: object, after: object): string {
  const lines = (value: object) => JSON.stringify(internalForm(name, value), null, 1).split('\n');
  return unifiedDiff(lines(before), lines(after));
}

const context = 3;

interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

export function unifiedDiff(before: readonly string[], after: readonly string[]): string {
  const all = edit(before, after);
  const changed = all.flatMap((line, i) => (line.mark === ' ' ? [] : [i]));
  let out = '';
  let start = 0;
  while (start < changed.length) {
    let end = start;
    while (end + 1 < changed.length && (changed[end + 1] ?? 0) - (changed[end] ?? 0) <= 2 * context) end++;
    out += hunk(
      all,
      Math.max(0, (changed[start] ?? 0) - context),
      Math.min(all.length, (changed[end] ?? 0) + context + 1),
    );
    start = end + 1;
  }
  return out;
}

function hunk(all: readonly Line[], from: number, to: number): string {
  const earlier = all.slice(0, from);
  const part = all.slice(from, to);
  const span = (mark: '-' | '+') => {
    const first = earlier.filter((line) => line.mark === ' ' || line.mark === mark).length + 1;
    const count = part.filter((line) => line.mark === ' ' || line.mark === mark).length;
    return `${mark}${first}${count === 1 ? '' : `,${count}`}`;
  };
  return `@@ ${span('-')} ${span('+')} @@\n${part.map(({ mark, text }) => `${mark}${text}\n`).join('')}`;
}

/** The longest common subsequence decides what stays; removals stand before additions. */
function edit(before: readonly string[], after: readonly string[]): Line[] {
  const [rows, columns] = [before.length, after.length];
  const longest = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0));
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0;
  for (let i = rows - 1; i >= 0; i--) {
    const row = longest[i];
    for (let j = columns - 1; j >= 0 && row; j--) {
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const out: Line[] = [];
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    const [old, now] = [before[i], after[j]];
    if (old !== undefined && old === now) {
      out.push({ mark: ' ', text: old });
      i++;
      j++;
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      out.push({ mark: '-', text: old });
      i++;
    } else if (now !== undefined) {
      out.push({ mark: '+', text: now });
      j++;
    }
  }
  return out;
}
