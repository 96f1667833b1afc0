// Turns a TypeScript entry of this repository into one module that Node runs, once per change of the sources.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Names, sizes and times of every source file: cheap, and different whenever one of them changed. */
function stamp() {
  const hash = createHash('sha256');
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path} ${size} ${mtimeMs}\n`);
      }
    }
  };
  for (const folder of ['src', 'content', 'scripts', 'tests/bench']) {
    if (existsSync(join(root, folder))) visit(join(root, folder));
  }
  return hash.digest('hex');
}

/** Bundles `entry` (from the root) under `name` unless that was done since the last change; returns its URL. */
export async function bundle(entry, name) {
  const cache = join(root, 'node_modules', '.cache', 'portbound', name);
  const file = join(cache, 'main.mjs');
  const stampFile = join(cache, 'stamp');
  const now = stamp();
  if (!existsSync(file) || !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== now) {
    const { build } = await import('vite');
    mkdirSync(cache, { recursive: true });
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      resolve: { alias: { '@': join(root, 'src') } },
      build: {
        ssr: join(root, entry),
        outDir: cache,
        emptyOutDir: true,
        minify: false,
        rolldownOptions: { output: { entryFileNames: 'main.mjs' } },
      },
      // What the figures start besides themselves: a bundler, a browser.
      ssr: { noExternal: true, external: ['vite', 'playwright'] },
    });
    writeFileSync(stampFile, now);
  }
  return pathToFileURL(file).href;
}
