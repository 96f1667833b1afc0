import { isIPv6, parseIPv4 } from '../../../network/address';
import type { AppResponse } from '../../../network/kernel';
import {
  type Answer,
  type Header,
  type Note,
  type Visit,
  absolute,
  byteLength,
  connection,
  made,
  page,
  setting,
} from './pages';
import type { Peer } from './upstreams';
import { expand } from './variables';

// src/http/modules/ngx_http_proxy_module.c, src/http/ngx_http_upstream.c

interface Target {
  /** As `proxy_pass` names it: the name of a group, or a host and perhaps a port. */
  readonly authority: string;
  readonly peers: readonly Peer[];
  readonly uri: string;
}

/** Hands a request on to another server, and its answer back. */
export function proxied(visit: Visit, url: string): Answer {
  const target = targetOf(visit, url);
  if (typeof target === 'string') return page(visit, 502, undefined, target);
  const notes: Note[] = [];
  const tried = new Set<Peer>();
  let after = 0;
  let status = 502;
  for (;;) {
    const peer = visit.upstreams.next(target.peers, tried);
    if (!peer) {
      if (tried.size === 0)
        notes.push(note('no live upstreams while connecting to upstream', target.authority, target.uri));
      return { ...page(visit, status), notes, after };
    }
    tried.add(peer);
    visit.counter.opened++;
    const place = `${peer.address.includes(':') ? `[${peer.address}]` : peer.address}:${peer.port}`;
    const { result, response } = visit.handle.connect(peer.address, peer.port, requestTo(visit, target));
    const problem = problemOf(result, response, place);
    if (problem === undefined && response?.http) {
      visit.upstreams.worked(peer);
      return { ...passedOn(visit, url, response.http), notes, after: after + (response.after ?? 0) / 1000 };
    }
    notes.push(
      note(
        problem ?? 'upstream sent no valid HTTP/1.0 header while reading response header from upstream',
        place,
        target.uri,
      ),
    );
    if (visit.upstreams.failed(target.peers, peer))
      notes.push({
        ...note(
          `upstream server temporarily disabled ${/while .*$/.exec(problem ?? '')?.[0] ?? ''}`,
          place,
          target.uri,
        ),
        level: 'warn',
      });
    const waits = result === 'timeout' ? 'proxy_connect_timeout' : response?.hangs ? 'proxy_read_timeout' : undefined;
    // Linux gives ARP three seconds.
    after += waits ? seconds(setting(visit.scopes, waits)?.[0]) : result === 'unreachable' ? 3 : 0;
    status = waits ? 504 : 502;
  }
}

function note(text: string, place: string, uri: string): Note {
  return { level: 'error', text, upstream: `http://${place}${uri}` };
}

function seconds(text = '60s'): number {
  const [, number = '60', unit = 's'] = /^(\d+)(ms|s|m|h)?$/.exec(text) ?? [];
  return Number(number) * ({ ms: 0.001, s: 1, m: 60, h: 3600 }[unit] ?? 1);
}

function problemOf(result: string, response: AppResponse | undefined, place: string): string | undefined {
  const connecting = 'while connecting to upstream';
  if (result === 'refused') return `connect() failed (111: Connection refused) ${connecting}`;
  if (result === 'timeout') return `upstream timed out (110: Connection timed out) ${connecting}`;
  if (result === 'unreachable') return `connect() failed (113: No route to host) ${connecting}`;
  if (result === 'no route') return `connect() to ${place} failed (101: Network is unreachable) ${connecting}`;
  const reading = 'while reading response header from upstream';
  if (response?.hangs) return `upstream timed out (110: Connection timed out) ${reading}`;
  if (!response?.http && !response?.data) return `upstream prematurely closed connection ${reading}`;
  return undefined;
}

/** Where a request goes; a text says why nowhere. */
function targetOf(visit: Visit, url: string): Target | string {
  const full = expand(url, visit);
  const [, authority = '', path] = /^http:\/\/([^/]*)(\/.*)?$/.exec(full) ?? [];
  const [, host = '', port = '80'] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority) ?? [];
  if (host === '')
    return full.startsWith('https://')
      ? 'portbound: TLS to another server is not simulated'
      : `invalid URL prefix in "${full}"`;
  const uri = uriTo(visit, url.includes('$') ? (path ?? '') : undefined, path);
  const known = visit.upstreams.peers(host, Number(port));
  if (known) return { authority, peers: known, uri };
  const bare = host.replace(/^\[|\]$/g, '');
  const server = setting(visit.scopes, 'resolver')?.[0]?.replace(/:\d+$/, '');
  const found =
    parseIPv4(bare) !== undefined || isIPv6(bare)
      ? [bare]
      : server === undefined
        ? undefined
        : visit.handle.lookUp(bare, server);
  if (found === undefined) return `no resolver defined to resolve ${bare}`;
  if (typeof found === 'string')
    return `${bare} could not be resolved (${found === 'nxdomain' ? '3: Host not found' : '110: Operation timed out'})`;
  const peer = {
    weight: 1,
    backup: false,
    mostFails: 1,
    failTimeout: 0,
    current: 0,
    effective: 1,
    fails: 0,
    checked: 0,
  };
  return { authority, uri, peers: found.slice(0, 1).map((address) => ({ ...peer, address, port: Number(port) })) };
}

/** What is asked for there: with a path of `proxy_pass` that in the place of the location's. */
function uriTo(visit: Visit, evaluated: string | undefined, path: string | undefined): string {
  const { request, query, scopes, server } = visit;
  const rest = query === '' ? '' : `?${query}`;
  if (evaluated !== undefined && evaluated !== '') return evaluated;
  const asked = request.http?.path ?? '/';
  if (visit.rewritten) return escaped(visit.path) + rest;
  if (path === undefined || evaluated !== undefined)
    return visit.path === visit.asked ? asked : escaped(visit.path) + rest;
  const location = scopes.slice(0, scopes.indexOf(server.block)).find(({ name }) => name === 'location');
  return path + escaped(visit.path.slice((location?.args.at(-1) ?? '').length)) + rest;
}

/** NGX_ESCAPE_URI */
function escaped(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent).replaceAll('%5B', '[').replaceAll('%5D', ']');
}

function requestTo(visit: Visit, { authority, uri }: Target) {
  const { http } = visit.request;
  const holder = visit.scopes.find(({ block }) => block.some(({ name }) => name === 'proxy_set_header'));
  const own = (holder?.block ?? []).filter(({ name }) => name === 'proxy_set_header');
  const more = { proxy_host: authority, proxy_port: authority.split(':')[1] ?? '80' };
  const given = own.map(({ args: [name = '', value = ''] }) => [name, expand(value, visit, more)] as const);
  const has = (name: string) => given.some(([key]) => key.toLowerCase() === name);
  const dropped = ['host', 'connection', 'keep-alive', 'transfer-encoding', 'te', 'expect', 'upgrade'];
  const sent = Object.entries(http?.headers ?? {});
  const isLength = ([name]: readonly [string, string]) => name.toLowerCase() === 'content-length';
  const kept = sent.filter(([name]) => !dropped.includes(name.toLowerCase()) && !has(name.toLowerCase()));
  const headers = Object.fromEntries([
    ...given.filter(([name, value]) => value !== '' && name.toLowerCase() !== 'host'),
    ...(has('connection') ? [] : [['Connection', 'close'] as const]),
    ...kept.filter(isLength),
    ...kept.filter((one) => !isLength(one)),
  ]);
  const host = given.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? authority;
  const body = http?.body === undefined ? {} : { body: http.body };
  return { method: http?.method ?? 'GET', path: uri, host, headers, ...body };
}

const hopByHop = /^(connection|keep-alive|transfer-encoding|date|server|x-pad|x-accel-\w+|upgrade|status)$/i;

/** The answer of the other server, its headers behind nginx's own. */
function passedOn(visit: Visit, url: string, response: NonNullable<AppResponse['http']>): Answer {
  const { status, reason, body } = response;
  const intercepts = setting(visit.scopes, 'proxy_intercept_errors')?.[0] === 'on';
  if (
    intercepts &&
    status >= 300 &&
    visit.scopes.some(({ block }) =>
      block.some(({ name, args }) => name === 'error_page' && args.includes(String(status))),
    )
  )
    return page(visit, status);
  const hidden = visit.scopes
    .flatMap(({ block }) => block.filter(({ name }) => name === 'proxy_hide_header'))
    .map(({ args }) => args[0]?.toLowerCase());
  const all = response.headers.filter(([name]) => !hopByHop.test(name) && !hidden.includes(name.toLowerCase()));
  const early = ['content-type', 'content-length', 'last-modified'];
  const first = early.flatMap((name) => all.filter(([one]) => one.toLowerCase() === name));
  const moved = redirected(visit, url, all.find(([name]) => name.toLowerCase() === 'location')?.[1]);
  const rest = all.filter(
    ([name]) => !early.includes(name.toLowerCase()) && !(moved && name.toLowerCase() === 'location'),
  );
  const chunked = !first.some(([name]) => name.toLowerCase() === 'content-length') && ![204, 304].includes(status);
  const headers: Header[] = [
    ...first,
    ...(moved ? [['Location', moved] as const] : []),
    ...(chunked ? [['Transfer-Encoding', 'chunked'] as const] : []),
    connection,
    ...rest,
  ];
  const length = Number(byteLength(body));
  const framed = length === 0 ? 5 : length + length.toString(16).length + 9;
  return { ...made(visit, status, headers, body), reason, ...(chunked ? { sent: framed } : {}) };
}

/** `proxy_redirect default`: an address of the other server becomes one of this. */
function redirected(visit: Visit, url: string, location: string | undefined): string | undefined {
  if (location === undefined || url.includes('$') || setting(visit.scopes, 'proxy_redirect')?.[0] === 'off')
    return undefined;
  const hasPath = /^\w+:\/\/[^/]+\//.test(url);
  const prefix = hasPath ? url : `${url}/`;
  if (!location.startsWith(prefix)) return undefined;
  const own = visit.scopes.find(({ name }) => name === 'location')?.args.at(-1) ?? '/';
  return absolute(visit, `${hasPath ? own : '/'}${location.slice(prefix.length)}`);
}
