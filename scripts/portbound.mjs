// Runs the command line from its TypeScript sources.
import { bundle } from './bundle.mjs';

await import(await bundle('src/cli/main.ts', 'cli'));
