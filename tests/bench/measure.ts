/** Milliseconds of each of `runs` calls, after `warmUp` that do not count, sorted. */
export function timings(runs: number, warmUp: number, call: () => void): number[] {
  for (let i = 0; i < warmUp; i++) call();
  const out: number[] = [];
  for (let i = 0; i < runs; i++) {
    const started = performance.now();
    call();
    out.push(performance.now() - started);
  }
  return out.sort((a, b) => a - b);
}

/** The value below which a share of the sorted timings lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** One line of the table: median, 95th percentile, best and worst. */
export function row(title: string, sorted: readonly number[], target = ''): string {
  const show = (value: number) => `${value.toFixed(value < 10 ? 3 : 1)} ms`.padStart(11);
  const values = [percentile(sorted, 0.5), percentile(sorted, 0.95), sorted[0] ?? NaN, sorted.at(-1) ?? NaN];
  return `${title.padEnd(52)}${values.map(show).join('')}   ${target}`;
}
