/** Milliseconds of `5`, `1.5`, `44m`, `2h`; undefined when the text is none of these. */
export function duration(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(text);
  if (!found) return undefined;
  const unit = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[found[2] || 's'] ?? 1000;
  return Math.round(Number(found[1]) * unit);
}
