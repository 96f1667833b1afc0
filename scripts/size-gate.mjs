// What a first visit to a page weighs, in bytes after brotli, against what it may weigh: node scripts/size-gate.mjs
// `first`: the page, its style sheets, and every script that is fetched before the reader touches anything, with what those
// import. `engine`: of these, the check with the API server and its schemas. `all`: the same as `first`, with everything
// that the page fetches by itself later (the editor, its font, the engine's thread).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/** What the playground fetches by itself once it stands: the editor, and the engine's thread with all its parts but texts. */
const follows = [/^monaco\./, /^codicon\./, /^engine-worker-/, /^[\w-]+-[\w-]{8}\.js$/];
const onDemand = [/^descriptions/, /^help-texts/, /^editor\.worker/, /^format-/];

/** Pages, and the most that they may weigh: in thousands of bytes. */
const limits = [
  { page: 'play', first: 60, all: 1150 },
  { page: 'check', first: 165, engine: 120 },
];

const sizes = new Map();
function weigh(path) {
  const known = sizes.get(path) ?? brotliCompressSync(readFileSync(join(dist, path))).length;
  sizes.set(path, known);
  return known;
}

const assets = readdirSync(join(dist, '_astro'));

/** Paths of scripts, style sheets, fonts and workers that a script names, by whether they are fetched with it or later. */
function named(path) {
  const source = readFileSync(join(dist, path), 'utf8');
  const at = (name) => posix.join(posix.dirname(path), name);
  const withIt = [...source.matchAll(/(?:from|\bimport)\s*["'`](\.[^"'`]+\.js)["'`]/g)].map(([, name]) => at(name));
  const others = assets.filter((name) => source.includes(name)).map((name) => posix.join(posix.dirname(path), name));
  return { withIt, later: others.filter((name) => !withIt.includes(name) && name !== path) };
}

function closure(paths, follow) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path) || !existsSync(join(dist, path))) return;
    found.add(path);
    if (/\.(?:js|css)$/.test(path)) follow(path).forEach(visit);
  };
  paths.forEach(visit);
  return found;
}

/** What a page weighs: at first, and with all that follows by itself. */
export function pageWeight(page) {
  const html = posix.join(page, 'index.html');
  const text = readFileSync(join(dist, html), 'utf8');
  const linked = [...text.matchAll(/(?:src|href|component-url|renderer-url)="\/([^"]+\.(?:js|css))"/g)].map(
    ([, path]) => path,
  );
  const first = closure(linked, (path) => (path.endsWith('.js') ? named(path).withIt : []));
  const all = closure([...first], (path) => {
    const { withIt, later } = named(path);
    const is = (patterns, name) => patterns.some((pattern) => pattern.test(posix.basename(name)));
    return [...withIt, ...later.filter((name) => is(follows, name) && !is(onDemand, name))];
  });
  // The check with the engine and its schemas, without what pages are made of: the playground shows itself without an engine.
  const checks = assets.filter((name) => /^ask-here\./.test(name)).map((name) => `_astro/${name}`);
  const shell = page === 'play' ? new Set() : new Set(pageWeight('play').firstFiles);
  const engine = [...closure(checks, (path) => named(path).withIt)].filter((path) => !shell.has(path));
  const sum = (paths) => [...paths].reduce((total, path) => total + weigh(path), weigh(html));
  return {
    first: sum(first),
    all: sum(all),
    engine: engine.reduce((total, path) => total + weigh(path), 0),
    firstFiles: [...first],
    allFiles: [...all],
    engineFiles: engine,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let passed = 0;
  let failed = 0;
  const verbose = process.argv.includes('--files');
  for (const { page, ...most } of limits) {
    const weight = pageWeight(page);
    for (const [what, limit] of Object.entries(most)) {
      const fits = weight[what] <= limit * 1000;
      if (fits) passed++;
      else failed++;
      console.log(
        `${fits ? 'ok    ' : 'FAILED'} /${page}/ ${what}: ${(weight[what] / 1000).toFixed(1)} KB of ${limit} KB`,
      );
      if (verbose)
        for (const path of weight[`${what}Files`].sort((a, b) => weigh(b) - weigh(a)))
          console.log(`         ${weigh(path)} ${path}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
