// Runs the command line from its TypeScript sources: bundles src/cli once per change, then starts it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'portbound');
const bundle = join(cache, 'portbound.mjs');
const stampFile = join(cache, 'stamp');

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
  for (const folder of ['src', 'content', 'scripts']) if (existsSync(join(root, folder))) visit(join(root, folder));
  return hash.digest('hex');
}

const now = stamp();
if (!existsSync(bundle) || !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== now) {
  const { build } = await import('vite');
  mkdirSync(cache, { recursive: true });
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { '@': join(root, 'src') } },
    build: {
      ssr: join(root, 'src/cli/main.ts'),
      outDir: cache,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'portbound.mjs' } },
    },
    ssr: { noExternal: true },
  });
  writeFileSync(stampFile, now);
}
await import(pathToFileURL(bundle).href);
