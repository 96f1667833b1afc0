/** `0,2-4` → 0, 2, 3, 4. Upstream: pkg/controller/job/indexed_job_utils.go */
export function parseIndexes(text: string | undefined): Set<number> {
  const out = new Set<number>();
  for (const part of (text ?? '').split(',').filter((one) => one !== '')) {
    const [first = '', last = first] = part.split('-');
    for (let i = Number(first); i <= Number(last); i++) out.add(i);
  }
  return out;
}

/** Runs of two are written `0,1`, longer ones `0-2`. */
export function formatIndexes(indexes: Iterable<number>): string {
  const sorted = [...indexes].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let i = 0; i < sorted.length;) {
    let end = i;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end++;
    if (end === i) parts.push(String(sorted[i]));
    else parts.push(`${sorted[i]}${end === i + 1 ? ',' : '-'}${sorted[end]}`);
    i = end + 1;
  }
  return parts.join(',');
}
