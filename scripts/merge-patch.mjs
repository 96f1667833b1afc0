// JSON merge patches (RFC 7386), for tables in which nothing is null.
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The patch that makes `next` of `base`. */
export function mergePatch(base, next) {
  if (!isObject(base) || !isObject(next)) return next;
  const patch = {};
  for (const key of new Set([...Object.keys(base), ...Object.keys(next)])) {
    if (!(key in next)) patch[key] = null;
    else if (!(key in base)) patch[key] = next[key];
    else if (JSON.stringify(base[key]) !== JSON.stringify(next[key])) patch[key] = mergePatch(base[key], next[key]);
  }
  return patch;
}

/** What the patch makes of `base`, which stays as it is. */
export function patched(base, patch) {
  if (!isObject(patch)) return patch;
  const old = isObject(base) ? base : {};
  const changed = Object.entries(patch).filter(([, value]) => value !== null);
  const kept = Object.entries(old).filter(([key]) => patch[key] !== null);
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(changed.map(([key, value]) => [key, patched(old[key], value)])),
  };
}

/** A table with one entry a line, so that an update is a readable difference. */
export function lines(table) {
  return `{\n${Object.entries(table)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
    .join(',\n')}\n}`;
}
