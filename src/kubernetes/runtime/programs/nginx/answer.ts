import { refusedByAddress } from './access';
import { chooseLocations, namedLocation } from './choose';
import type { Directive } from './configuration';
import {
  type Answer,
  type Header,
  type Visit,
  absolute,
  byteLength,
  connection,
  made,
  page,
  reasons,
  setting,
  typeOf,
} from './pages';
import { proxied } from './proxy';
import { rewrite } from './rewrite';
import { served, tried } from './static';
import { statusPage } from './stub-status';
import { expand } from './variables';

// src/http/ngx_http_core_module.c: the phases of a request.

/** NGX_HTTP_MAX_URI_CHANGES */
const mostChanges = 10;

/** Answers a request out of the blocks around it, and puts the page of `error_page` in the place of nginx's own. */
export function answer(visit: Visit, http: Directive): Answer {
  const server = { ...visit, scopes: [visit.server.block, http] };
  const early = rewrite(visit.server.block.block, server);
  if (early.kind === 'return') return returned(early.visit, early.args);
  const found = located(early.visit, http, 0, false);
  const holder = found.scopes.find(({ block }) => block.some(({ name }) => name === 'error_page'));
  const rule = holder?.block.find(({ name, args }) => name === 'error_page' && args.includes(String(found.status)));
  const uri = rule?.args.at(-1) ?? '';
  if (!found.standard || !/^[/@]/.test(uri)) return found;
  const own = uri.startsWith('@') ? named(visit, http, uri) : located({ ...visit, path: uri }, http, 1, true);
  if (own?.status !== 200) return found;
  const changed = rule?.args.find((word) => word.startsWith('='))?.slice(1);
  const status = changed ? Number(changed) : found.status;
  const headers = own.headers.filter(([name]) => name !== 'Accept-Ranges');
  const notes = [...(found.notes ?? []), ...(own.notes ?? [])];
  return { ...own, status, reason: reasons[status] ?? '', headers, notes };
}

/** From the search for a location on; `internal`: it is nginx that asks for this path. */
function located(visit: Visit, http: Directive, changes: number, internal: boolean): Answer {
  const { server, path } = visit;
  if (changes > mostChanges) {
    const cycle = `rewrite or internal redirection cycle while processing "${path}"`;
    return page(visit, 500, [['Connection', 'close']], cycle);
  }
  const { found, groups, slash } = chooseLocations(server.block, path);
  const inside = { ...visit, scopes: [...found, server.block, http] };
  for (const [name, value] of Object.entries(groups)) visit.variables.set(name, value);
  if (slash) return page(inside, 301, [['Location', absolute(inside, `${path}/${queryOf(visit)}`)], connection]);
  const [location] = found;
  if (!internal && location?.block.some(({ name }) => name === 'internal')) return page(inside, 404);
  return phases(inside, http, changes);
}

/** `@fallback`; undefined when there is none. */
function named(visit: Visit, http: Directive, name: string): Answer | undefined {
  const location = namedLocation(visit.server.block, name);
  return location && phases({ ...visit, scopes: [location, visit.server.block, http] }, http, 1);
}

function phases(visit: Visit, http: Directive, changes: number): Answer {
  const atLocation = visit.scopes[0] !== visit.server.block;
  const changed = atLocation ? rewrite(visit.scopes[0]?.block ?? [], visit) : ({ kind: 'on', visit } as const);
  if (changed.kind === 'return') return returned(changed.visit, changed.args);
  if (changed.kind === 'again') return located(changed.visit, http, changes + 1, true);
  const inside = changed.visit;
  if (refusedByAddress(inside)) return page(inside, 403, undefined, 'access forbidden by rule');
  const again = (next: Visit) => located(next, http, changes + 1, true);
  const tries = setting(inside.scopes, 'try_files');
  if (tries) {
    const last = tries.at(-1) ?? '';
    const other = (next: Visit) => (last.startsWith('@') ? named(next, http, last) : undefined) ?? again(next);
    return tried(inside, tries, again, other);
  }
  const own = inside.scopes.slice(0, inside.scopes.indexOf(inside.server.block));
  const pass = own.flatMap(({ block }) => block).find(({ name }) => /_pass$/.test(name));
  if (pass?.name === 'proxy_pass') return proxied(inside, pass.args[0] ?? '');
  // Where nothing simulated tells what to answer, no answer is made up.
  if (pass) return page(inside, 502);
  if (own.some(({ block }) => block.some(({ name }) => name === 'stub_status'))) return statusPage(inside);
  const method = inside.request.http?.method ?? 'GET';
  return method === 'GET' || method === 'HEAD' ? served(inside, again) : page(inside, 405);
}

function queryOf({ query }: Visit): string {
  return query === '' ? '' : `?${query}`;
}

function returned(visit: Visit, args: readonly string[]): Answer {
  const [first = '', text] = args;
  const bare = args.length === 1 && !/^\d+$/.test(first);
  const status = bare ? 302 : Number(first);
  const value = expand(bare ? first : (text ?? ''), visit);
  if (status === 444) return { status, reason: '', headers: [], body: '', closes: true, scopes: visit.scopes };
  if ([301, 302, 303, 307, 308].includes(status) && value !== '') {
    if (!value.startsWith('/')) return page(visit, status, [connection, ['Location', value]]);
    return page(visit, status, [['Location', absolute(visit, value)], connection]);
  }
  if (text === undefined && status >= 300) return page(visit, status);
  const body = status === 204 ? '' : value;
  const length: Header[] =
    status === 204
      ? []
      : [
          ['Content-Type', typeOf(visit, visit.path)],
          ['Content-Length', byteLength(body)],
        ];
  return made(visit, status, [...length, connection], body);
}
