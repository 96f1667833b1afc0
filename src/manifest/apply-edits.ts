import type { TextEdit } from './manifest';
import { Positions } from './positions';

/** Makes edits in a text. Edits do not overlap; the last one in the text is made first, so that ranges stay true. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const positions = new Positions(text);
  return edits
    .map(({ range, newText }) => ({ from: positions.offset(range.start), to: positions.offset(range.end), newText }))
    .sort((a, b) => b.from - a.from || b.to - a.to)
    .reduce((result, { from, to, newText }) => result.slice(0, from) + newText + result.slice(to), text);
}
