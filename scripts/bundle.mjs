// Turns a TypeScript entry of this repository into one module that Node runs, once per change of the sources.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
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
  return hash.digest('hex').slice(0, 16);
}

/** How long a bundle of older sources stays: a command that still runs fetches its rarer parts from it. */
const kept = 60 * 60 * 1000;

/** Bundles `entry` (from the root) under `name` unless that was done since the last change; returns its URL. */
export async function bundle(entry, name) {
  const folder = join(root, 'node_modules', '.cache', 'portbound', name);
  const made = join(folder, stamp());
  if (!existsSync(made)) {
    forgetOld(folder);
    // Made aside and put in place in one step: two commands at once do not see each other's halves.
    const making = `${made}.${process.pid}`;
    await build(entry, making);
    try {
      renameSync(making, made);
    } catch {
      rmSync(making, { recursive: true });
    }
  }
  return pathToFileURL(join(made, 'main.mjs')).href;
}

async function build(entry, outDir) {
  const vite = await import('vite');
  await vite.build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { '@': join(root, 'src') } },
    build: {
      ssr: join(root, entry),
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'main.mjs' } },
    },
    // What the figures start besides themselves: a bundler, a browser.
    ssr: { noExternal: true, external: ['vite', 'playwright'] },
  });
}

function forgetOld(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > kept) rmSync(path, { recursive: true, force: true });
  }
}
