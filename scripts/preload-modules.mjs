// Pages that come alive at once name all their scripts at the top, so that a browser fetches them beside one another and not one
// after the other has been read. After them, the editor, where the screen has room for it: it is fetched beside them, not when they
// have run. A page whose parts come alive when they are reached is left alone.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closure, dist, named } from './module-graph.mjs';

const island = /<astro-island\b[^>]*\bclient="load"[^>]*>/g;

const editor = /\/monaco\.[\w-]+\.js$/;
/** As in src/playground/editor/fetch-editor.ts. */
const room = '(min-width: 720px)';

const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
let changed = 0;
for (const page of pages) {
  const html = readFileSync(join(dist, page), 'utf8');
  const scripts = [...html.matchAll(island)].flatMap(([tag]) =>
    [...tag.matchAll(/(?:component|renderer)-url="([^"]+)"/g)].map(([, path]) => path),
  );
  if (scripts.length === 0) continue;
  // Paths of a site that lives below a folder begin with that folder.
  const base = scripts[0].slice(0, scripts[0].indexOf('_astro/'));
  const all = closure(
    scripts.map((path) => path.slice(base.length)),
    (path) => named(path).withIt,
  );
  const links = [...all].map((path) => `<link rel="modulepreload" href="${base}${path}">`);
  for (const path of new Set([...all].flatMap((path) => named(path).later.filter((name) => editor.test(name)))))
    links.push(`<link rel="modulepreload" fetchpriority="low" media="${room}" href="${base}${path}">`);
  writeFileSync(join(dist, page), html.replace('</head>', `${links.join('')}</head>`));
  changed++;
}
console.log(`Scripts named at the top of ${changed} pages`);
