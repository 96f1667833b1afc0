import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { launch } from '../browser';
import type { ContestInput, ContestResult } from './contest';

const address = 'http://localhost/bench';

/** The contest in a page of Chromium; undefined where there is no Chromium. Call it from the root. */
export async function contestInChromium(
  input: ContestInput,
): Promise<{ readonly version: string; readonly result: ContestResult } | undefined> {
  const browser = await launch();
  if (!browser) return undefined;
  try {
    const script = await bundled();
    const page = await browser.newPage();
    await page.route(address, (route) =>
      route.fulfill({
        contentType: 'text/html',
        // Isolated pages have a clock of five microseconds instead of a hundred.
        headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
        body: '<!doctype html><title>bench</title>',
      }),
    );
    await page.goto(address);
    await page.addScriptTag({ content: script });
    const result = await page.evaluate(
      // tests/bench/check/in-page.ts puts it there.
      (given) => (globalThis as unknown as { contest(input: ContestInput): Promise<ContestResult> }).contest(given),
      input,
    );
    return { version: browser.version(), result };
  } finally {
    await browser.close();
  }
}

/** The contest as one classic script. */
async function bundled(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'portbound-bench-'));
  await build({
    configFile: false,
    root: resolve('.'),
    logLevel: 'error',
    resolve: { alias: { '@': resolve('src') } },
    build: {
      outDir,
      emptyOutDir: true,
      lib: {
        entry: resolve('tests/bench/check/in-page.ts'),
        formats: ['iife'],
        name: 'bench',
        fileName: () => 'bench.js',
      },
    },
  });
  const script = readFileSync(join(outDir, 'bench.js'), 'utf8');
  rmSync(outDir, { recursive: true });
  return script;
}
