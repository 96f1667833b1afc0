/**
 * The one name that was meant: equal but for case, hyphens and underscores, or the only one within a slip or two of
 * the keyboard. Undefined where none or several could be meant.
 */
export function nearName(typed: string, known: readonly string[]): string | undefined {
  const folded = known.filter((name) => fold(name) === fold(typed));
  if (folded.length > 0) return folded.length === 1 ? folded[0] : undefined;
  const limit = typed.length <= 4 ? 1 : 2;
  let nearest: { name: string; slips: number; alone: boolean } | undefined;
  for (const name of known) {
    if (Math.abs(name.length - typed.length) > limit) continue;
    const slips = distance(typed, name);
    if (slips > limit) continue;
    if (!nearest || slips < nearest.slips) nearest = { name, slips, alone: true };
    else if (slips === nearest.slips) nearest.alone = false;
  }
  return nearest?.alone ? nearest.name : undefined;
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

/** Letters to change, add, leave out or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1) best = Math.min(best, at(i - 2, j - 2) + 1);
      row.push(best);
    }
  }
  return at(a.length, b.length);
}
