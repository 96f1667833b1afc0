// Prints the figures: npm run bench. Ratios and medians; nothing here passes or fails.
import { bundle } from './bundle.mjs';

await import(await bundle('tests/bench/main.ts', 'bench'));
