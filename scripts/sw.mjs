// Writes dist/sw.js after the build: the worker that makes the site readable offline. It knows every file by its hash; pages
// are fetched from the network first and from its store when there is none, everything else from its store first.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

const list = files(dist)
  .map((path) => ({ path, address: `/${relative(dist, path).split(sep).join('/')}` }))
  .filter(({ address }) => address !== '/sw.js' && !address.endsWith('.map'))
  .sort((a, b) => (a.address < b.address ? -1 : 1));
const hash = createHash('sha256');
for (const { path, address } of list) hash.update(address).update(readFileSync(path));
const version = hash.digest('hex').slice(0, 16);
const addresses = list.map(({ address }) =>
  address.endsWith('/index.html') ? address.slice(0, -'index.html'.length) : address,
);
// What a first visit stores at once is small; the rest (the editor, the engine) follows when the page asks for it.
const large = new Set(list.filter(({ path }) => readFileSync(path).length > 200_000).map(({ address }) => address));

writeFileSync(
  join(dist, 'sw.js'),
  `const store = 'portbound-${version}';
const first = ${JSON.stringify(addresses.filter((address) => !large.has(address)))};
const later = ${JSON.stringify(addresses.filter((address) => large.has(address)))};

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(store).then((cache) => cache.addAll(first)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith('portbound-') && name !== store).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The page says when it is idle: only then are the large files fetched.
self.addEventListener('message', (event) => {
  if (event.data === 'store-the-rest') event.waitUntil(caches.open(store).then((cache) => Promise.all(later.map(async (address) => (await cache.match(address)) ?? cache.add(address)))));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(request.mode === 'navigate' ? networkFirst(request) : storeFirst(request));
});

async function networkFirst(request) {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(store);
    return (await cache.match(request, { ignoreSearch: true })) ?? (await cache.match('/404.html')) ?? Response.error();
  }
}

async function storeFirst(request) {
  const cache = await caches.open(store);
  const known = await cache.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok && new URL(request.url).pathname.startsWith('/_astro/')) await cache.put(request, answer.clone());
  return answer;
}
`,
);
console.log(`Offline worker for ${addresses.length} files (${large.size} of them on demand)`);
