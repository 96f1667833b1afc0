import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Scripts that a page loads before the reader touches anything: script tags and eager islands, with what they import. */
export function pageWeight(dist: string, address: string): { files: number; brotli: number } | undefined {
  const page = join(dist, address, 'index.html');
  if (!existsSync(page)) return undefined;
  const html = readFileSync(page, 'utf8');
  const found = new Set<string>();
  const visit = (path: string) => {
    const file = join(dist, path);
    if (found.has(path) || !existsSync(file)) return;
    found.add(path);
    const source = readFileSync(file, 'utf8');
    for (const [, imported = ''] of source.matchAll(
      /(?:^|[;}\s])(?:import|export)[^'"()]*?from\s*["']([^"']+)["']|import\s*["']([^"']+)["']/g,
    )) {
      if (imported.startsWith('.')) visit(join(path, '..', imported));
    }
  };
  for (const [, source = ''] of html.matchAll(/<script[^>]+src="([^"]+)"/g)) visit(source);
  for (const [island] of html.matchAll(/<astro-island[^>]*>/g)) {
    if (!/client="(load|idle)"/.test(island)) continue;
    for (const [, source = ''] of island.matchAll(/(?:component-url|renderer-url)="([^"]+)"/g)) visit(source);
  }
  let brotli = 0;
  for (const path of found) brotli += brotliCompressSync(readFileSync(join(dist, path))).length;
  for (const [, inline = ''] of html.matchAll(/<script(?![^>]+src=)[^>]*>([^]*?)<\/script>/g))
    brotli += brotliCompressSync(Buffer.from(inline)).length;
  return { files: found.size, brotli };
}
