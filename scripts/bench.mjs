// Prints the figures: npm run bench. Ratios and medians; nothing here passes or fails.
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const alone = await bundle('tests/bench/bound-alone.ts', 'bench-alone');
process.env.PORTBOUND_BENCH_ALONE = alone.startsWith('file:') ? fileURLToPath(alone) : alone;

await import(await bundle('tests/bench/main.ts', 'bench'));
