/** No command waits longer than a few hundred years. */
const longest = 10_000_000_000_000;

/** Milliseconds of `5`, `1.5`, `44m`, `2h`, `infinity`; undefined when the text is none of these. */
export function duration(text: string): number | undefined {
  const found = /^(\d+(?:\.\d*)?(?:e\d+)?|\.\d+|inf(?:inity)?)([smhd]?)$/i.exec(text);
  if (!found) return undefined;
  const unit = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[found[2] || 's'] ?? 1000;
  const value = /^inf/i.test(text) ? longest : Number(found[1]) * unit;
  return Math.min(longest, Math.round(value));
}
