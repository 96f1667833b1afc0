// Prints what the built playground costs in a browser: npm run bench:page [keys apply ready slider crowd]. Work is counted by the
// clock of the page's own thread. Nothing here passes or fails.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { dist } from './module-graph.mjs';

if (!existsSync(join(dist, 'play/index.html'))) {
  console.error('the site is not built: npm run build');
  process.exit(1);
}
await import(await bundle('tests/bench/page/main.ts', 'bench-page'));
