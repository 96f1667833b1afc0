// Builds the site into dist/: pages, then what their heads name, then the offline worker's list.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
const started = performance.now();
const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' };

function step(title, args) {
  console.log(`${title} …`);
  const result = spawnSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

step('Building the pages', [join(root, 'node_modules/astro/bin/astro.mjs'), 'build', '--silent']);
step('Naming scripts at the top of pages', [join(root, 'scripts/preload-modules.mjs')]);
step('Listing the files for offline reading', [join(root, 'scripts/sw.mjs')]);
console.log(`Built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s`);
