// What a first visit to a page weighs, in bytes after brotli, against what it may weigh: node scripts/size-gate.mjs
// `first`: the page, its style sheets, and every script that is fetched before the reader touches anything, with what those
// import. `engine`: of these, the check with the API server and its schemas. `all`: the same as `first`, with everything
// that the page fetches by itself later (the editor, which its head names with a low priority, its font, the engine's thread).
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { closure, dist, named } from './module-graph.mjs';

/** What the playground fetches by itself once it stands: the editor, and the engine's thread with all its parts but texts. */
const follows = [/^monaco\./, /^codicon\./, /^engine-worker-/, /^[\w-]+-[\w-]{8}\.js$/];
const onDemand = [
  /^descriptions/,
  /^help-texts/,
  /^rare-tools-/,
  /^node-exporter/,
  /^jq-/,
  /^resource-tools-/,
  /^go-template/,
  /^describe-/,
  /^editor\.worker/,
  /^format-/,
];

/** Pages, and the most that they may weigh: in thousands of bytes. */
const limits = [
  { page: 'play', first: 60, all: 1150 },
  { page: 'check', first: 165, engine: 120 },
];

const address = /(?:src|href|component-url|renderer-url)="\/([^"]+\.(?:js|css))"/g;

const sizes = new Map();
function weigh(path) {
  const known = sizes.get(path) ?? brotliCompressSync(readFileSync(join(dist, path))).length;
  sizes.set(path, known);
  return known;
}

/** What a page weighs: at first, and with all that follows by itself. */
export function pageWeight(page) {
  const html = posix.join(page, 'index.html');
  const text = readFileSync(join(dist, html), 'utf8');
  const linked = [...text.replace(/<link [^>]*fetchpriority="low"[^>]*>/g, '').matchAll(address)].map(
    ([, path]) => path,
  );
  const first = closure(linked, (path) => (path.endsWith('.js') ? named(path).withIt : []));
  const all = closure([...first], (path) => {
    const { withIt, later } = named(path);
    const is = (patterns, name) => patterns.some((pattern) => pattern.test(posix.basename(name)));
    return [...withIt, ...later.filter((name) => is(follows, name) && !is(onDemand, name))];
  });
  // The check with the engine and its schemas, without what pages are made of: the playground shows itself without an engine.
  const checks = readdirSync(join(dist, '_astro'))
    .filter((name) => /^ask-here\./.test(name))
    .map((name) => `_astro/${name}`);
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
