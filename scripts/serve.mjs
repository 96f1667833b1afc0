// Serves dist/ on this machine only: node scripts/serve.mjs [--port N]
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../dist/', import.meta.url));
const flag = process.argv.indexOf('--port');
const wanted = Number(flag > 0 ? process.argv[flag + 1] : (process.env.PORT ?? 4321));
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.yaml': 'text/yaml; charset=utf-8',
  '.pdf': 'application/pdf',
  '.webmanifest': 'application/manifest+json',
};

/** The file behind an address; a folder means its index.html. Nothing outside dist/ is reachable. */
function fileFor(address) {
  let path;
  try {
    path = normalize(join(root, decodeURIComponent(new URL(address, 'http://localhost').pathname)));
  } catch {
    return undefined;
  }
  if (!path.startsWith(root)) return undefined;
  if (existsSync(path) && statSync(path).isDirectory()) path = join(path, 'index.html');
  return existsSync(path) ? path : undefined;
}

const server = createServer((request, response) => {
  const file = fileFor(request.url ?? '/');
  const shown = file ?? join(root, '404.html');
  if (!existsSync(shown)) {
    response.writeHead(404).end('not found');
    return;
  }
  response.writeHead(file ? 200 : 404, {
    'content-type': types[extname(shown)] ?? 'application/octet-stream',
    'cache-control': shown.includes('/_astro/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') response.end();
  else createReadStream(shown).pipe(response);
});

let port = wanted;
server.on('error', (error) => {
  // A taken port is no reason to give up unless it was asked for by name.
  if (error.code === 'EADDRINUSE' && flag < 0 && port < wanted + 20) server.listen(++port, '127.0.0.1');
  else {
    console.error(`cannot serve on port ${port}: ${error.message}`);
    process.exit(1);
  }
});
server.on('listening', () => console.log(`Portbound is at http://localhost:${port}/  (Ctrl-C stops it)`));
server.listen(port, '127.0.0.1');
