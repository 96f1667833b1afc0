// Who imports whom among the built scripts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the built site is. */
export const dist = fileURLToPath(new URL('../dist/', import.meta.url));

let assets;

/** Paths of scripts, style sheets, fonts and workers that a script names, by whether they are fetched with it or later. */
export function named(path) {
  assets ??= readdirSync(join(dist, '_astro'));
  const source = readFileSync(join(dist, path), 'utf8');
  const at = (name) => posix.join(posix.dirname(path), name);
  const withIt = [...source.matchAll(/(?:from|\bimport)\s*["'`](\.[^"'`]+\.js)["'`]/g)].map(([, name]) => at(name));
  const others = assets.filter((name) => source.includes(name)).map((name) => posix.join(posix.dirname(path), name));
  return { withIt, later: others.filter((name) => !withIt.includes(name) && name !== path) };
}

/** `paths` and whatever is reached from them by `follow`, as far as it was built. */
export function closure(paths, follow) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path) || !existsSync(join(dist, path))) return;
    found.add(path);
    if (/\.(?:js|css)$/.test(path)) follow(path).forEach(visit);
  };
  paths.forEach(visit);
  return found;
}
