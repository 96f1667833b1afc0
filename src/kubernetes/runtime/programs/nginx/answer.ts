import { httpDate } from '../../../clock/http-date';
import type { AppRequest, AppResponse } from '../../../network/kernel';
import type { ProcessHandle } from '../../process';
import { chooseLocations, hostName } from './choose';
import type { Directive, VirtualServer } from './configuration';

type Header = readonly [string, string];

/** What nginx answers, and what it writes to its error log about it. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: string;
  readonly problem?: string;
  /** `return 444`: the connection is closed without a word. */
  readonly closes?: boolean;
}

/** A request as the blocks around it see it, the innermost first. */
export interface Visit {
  readonly request: AppRequest;
  readonly server: VirtualServer;
  readonly handle: ProcessHandle;
  readonly scopes: readonly Directive[];
  /** Without its query. */
  readonly path: string;
}

// src/http/ngx_http_header_filter_module.c `ngx_http_status_lines`
const reasons: Readonly<Record<number, string>> = Object.fromEntries(
  (
    '200 OK|201 Created|202 Accepted|204 No Content|301 Moved Permanently|302 Moved Temporarily|303 See Other|' +
    '304 Not Modified|307 Temporary Redirect|308 Permanent Redirect|400 Bad Request|401 Unauthorized|402 Payment Required|' +
    '403 Forbidden|404 Not Found|405 Not Allowed|408 Request Time-out|409 Conflict|410 Gone|429 Too Many Requests|' +
    '500 Internal Server Error|501 Not Implemented|502 Bad Gateway|503 Service Temporarily Unavailable|504 Gateway Time-out'
  )
    .split('|')
    .map((line) => [Number(line.slice(0, 3)), line.slice(4)]),
);
// src/http/ngx_http_special_response.c: the titles of its pages where they are not the status lines.
const titles: Readonly<Record<number, string>> = { 302: 'Found' };

/** The first directive of a name that holds at a place: in the innermost block that has one. */
export function setting(scopes: readonly Directive[], name: string): readonly string[] | undefined {
  for (const { block } of scopes) {
    const found = block.findLast((one) => one.name === name);
    if (found) return found.args;
  }
  return undefined;
}

/** Answers a request out of the blocks around it, and puts the page of `error_page` in the place of nginx's own. */
export function answer(visit: Visit, http: Directive): Answer {
  const { server, path } = visit;
  const found = answered(visit, http);
  const scopes = [...chooseLocations(server.block, path), server.block, http];
  const holder = scopes.find(({ block }) => block.some(({ name }) => name === 'error_page'));
  const rule = holder?.block.find(({ name, args }) => name === 'error_page' && args.includes(String(found.status)));
  const uri = rule?.args.at(-1) ?? '';
  // Text that `return` gives is nobody's error page.
  if (!uri.startsWith('/') || found.headers.every(([name, value]) => name !== 'Content-Type' || value !== 'text/html'))
    return found;
  const own = inside({ ...visit, path: uri }, http);
  if (own.status !== 200) return found;
  const changed = rule?.args.find((word) => word.startsWith('='))?.slice(1);
  const status = changed ? Number(changed) : found.status;
  const headers = own.headers.filter(([name]) => name !== 'Accept-Ranges');
  const { problem } = found;
  return { ...own, status, reason: reasons[status] ?? '', headers, ...(problem === undefined ? {} : { problem }) };
}

function answered(visit: Visit, http: Directive): Answer {
  const { server, path } = visit;
  const early = server.block.block.find(({ name }) => name === 'return');
  if (early) return returned({ ...visit, scopes: [server.block, http] }, early.args);
  const scopes = [...chooseLocations(server.block, path), server.block, http];
  const inside = { ...visit, scopes };
  const own = scopes[0]?.block ?? [];
  const back = own.find(({ name }) => name === 'return');
  if (back) return returned(inside, back.args);
  // Where nothing simulated tells what to answer (a proxy, most often), no answer is made up.
  if (own.some(({ name }) => /_pass$/.test(name))) return page(inside, 502);
  const method = visit.request.http?.method ?? 'GET';
  if (method !== 'GET' && method !== 'HEAD') return page(inside, 405);
  const tries = setting(scopes, 'try_files');
  return tries ? tried(inside, tries, http) : served(inside, http);
}

function returned(visit: Visit, args: readonly string[]): Answer {
  const [first = '', text] = args;
  const bare = args.length === 1 && !/^\d+$/.test(first);
  const status = bare ? 302 : Number(first);
  const value = expand(bare ? first : (text ?? ''), visit);
  if (status === 444) return { status, reason: '', headers: [], body: '', closes: true };
  if ([301, 302, 303, 307, 308].includes(status) && value !== '') {
    if (!value.startsWith('/')) return page(visit, status, [connection, ['Location', value]]);
    return page(visit, status, [['Location', absolute(visit, value)], connection]);
  }
  if (text === undefined && status >= 300) return page(visit, status);
  const type = setting(visit.scopes, 'default_type')?.[0] ?? 'text/plain';
  const body = status === 204 ? '' : value;
  const length: Header[] =
    status === 204
      ? []
      : [
          ['Content-Type', type],
          ['Content-Length', byteLength(body)],
        ];
  return made(visit, status, [...length, connection], body);
}

function absolute({ request }: Visit, path: string): string {
  const port = request.destination.port;
  return `http://${hostName(request.http?.host ?? '')}${port === 80 ? '' : `:${port}`}${path}`;
}

const connection: Header = ['Connection', 'keep-alive'];

/** One of nginx's own pages. Upstream: src/http/ngx_http_special_response.c */
function page(visit: Visit, status: number, headers: readonly Header[] = [connection], problem?: string): Answer {
  const title = `${status} ${titles[status] ?? reasons[status] ?? ''}`.trim();
  const body =
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n` +
    `<hr><center>${signature(visit)}</center>\r\n</body>\r\n</html>\r\n`;
  const own: Header[] = [
    ['Content-Type', 'text/html'],
    ['Content-Length', byteLength(body)],
  ];
  return { ...made(visit, status, [...own, ...headers], body), ...(problem === undefined ? {} : { problem }) };
}

/** What comes back for bytes that are no HTTP: everything, as it goes over the wire. */
export function badRequest(visit: Visit): string {
  const { headers, body } = page(visit, 400, [['Connection', 'close']]);
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 400 Bad Request\r\n${lines}\r\n${body}`;
}

function signature({ handle, scopes }: Visit): string {
  const hidden = setting(scopes, 'server_tokens')?.[0] === 'off';
  return hidden ? 'nginx' : `nginx/${handle.image.variables.version ?? ''}`;
}

function made(visit: Visit, status: number, headers: readonly Header[], body: string): Answer {
  const { scopes, handle } = visit;
  const holder = scopes.find(({ block }) => block.some(({ name }) => name === 'add_header'));
  const fits = [200, 201, 204, 206, 301, 302, 303, 304, 307, 308].includes(status);
  const added = (holder?.block ?? [])
    .filter(({ name, args }) => name === 'add_header' && (fits || args[2] === 'always'))
    .map(({ args: [name = '', value = ''] }): Header => [name, expand(value, visit)]);
  const first: Header[] = [
    ['Server', signature(visit)],
    ['Date', httpDate(handle.date)],
  ];
  return { status, reason: reasons[status] ?? '', headers: [...first, ...headers, ...added], body };
}

function fileOf({ scopes, path }: Visit): string {
  const location = scopes[0];
  const alias = location?.block.find(({ name }) => name === 'alias')?.args[0];
  if (alias !== undefined) return alias + path.slice((location?.args.at(-1) ?? '').length);
  const root = setting(scopes, 'root')?.[0] ?? 'html';
  return (root.startsWith('/') ? root : `/etc/nginx/${root}`).replace(/\/$/, '') + path;
}

// src/http/modules/ngx_http_try_files_module.c
function tried(visit: Visit, tries: readonly string[], http: Directive): Answer {
  for (const one of tries.slice(0, -1)) {
    const path = expand(one, visit);
    const file = fileOf({ ...visit, path });
    const there = path.endsWith('/') ? visit.handle.list(file.slice(0, -1)) : visit.handle.read(file);
    if (there !== undefined) return served({ ...visit, path }, http);
  }
  const last = tries.at(-1) ?? '';
  if (last.startsWith('=')) return page(visit, Number(last.slice(1)));
  return inside({ ...visit, path: expand(last, visit).split('?')[0] ?? '/' }, http);
}

/** The same request once more, under another path. */
function inside(visit: Visit, http: Directive): Answer {
  const scopes = [...chooseLocations(visit.server.block, visit.path), visit.server.block, http];
  const back = scopes[0]?.block.find(({ name }) => name === 'return');
  return back ? returned({ ...visit, scopes }, back.args) : served({ ...visit, scopes }, http);
}

// src/http/modules/ngx_http_static_module.c, ngx_http_index_module.c
function served(visit: Visit, http: Directive): Answer {
  const { handle, path, request } = visit;
  const file = fileOf(visit);
  if (path.endsWith('/')) {
    const indexes = setting(visit.scopes, 'index') ?? ['index.html'];
    const index = indexes.find((one) => handle.read(file + one) !== undefined);
    if (index !== undefined) return inside({ ...visit, path: path + index }, http);
    if (handle.list(file.slice(0, -1)) !== undefined)
      return page(visit, 403, undefined, `directory index of "${file}" is forbidden`);
    const wanted = file + (indexes[0] ?? '');
    return page(visit, 404, undefined, `"${wanted}" is not found (2: No such file or directory)`);
  }
  const body = handle.read(file);
  if (body === undefined && handle.list(file) !== undefined)
    return page(visit, 301, [['Location', absolute(visit, `${path}/`)], connection]);
  if (body === undefined) return page(visit, 404, undefined, `open() "${file}" failed (2: No such file or directory)`);
  const { modified: shipped = '', etag: shippedTag = '' } = handle.image.variables;
  const isShipped = shipped !== '' && handle.image.file?.files?.[file] === body;
  const length = byteLength(body);
  const at = handle.modified(file) ?? handle.date;
  const modified = isShipped ? shipped : httpDate(at);
  const etag = `"${isShipped ? shippedTag : `${Math.floor(at / 1000).toString(16)}-${Number(length).toString(16)}`}"`;
  const stamp: Header[] = [['Last-Modified', modified], connection, ['ETag', etag]];
  const asked = (name: string) =>
    Object.entries(request.http?.headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
  const match = asked('if-none-match');
  if (match === undefined ? asked('if-modified-since') === modified : match.split(/, */).includes(etag))
    return made(visit, 304, stamp, '');
  const about: Header[] = [
    ['Content-Type', typeOf(visit, file)],
    ['Content-Length', length],
  ];
  return made(visit, 200, [...about, ...stamp, ['Accept-Ranges', 'bytes']], body);
}

function typeOf({ scopes }: Visit, file: string): string {
  const ending = file.slice(file.lastIndexOf('/') + 1).replace(/^.*\./, '');
  const types = scopes.find(({ block }) => block.some(({ name }) => name === 'types'));
  const known = types
    ? types.block.filter(({ name }) => name === 'types').flatMap(({ block }) => block)
    : [{ name: 'text/html', args: ['html'] }];
  const found = known.find(({ args }) => args.includes(ending));
  return found?.name ?? setting(scopes, 'default_type')?.[0] ?? 'text/plain';
}

function byteLength(text: string): string {
  return String(new TextEncoder().encode(text).length);
}

/** Fills the variables of a request in; one that is not simulated stays as it was written. */
export function expand(text: string, visit: Visit, more: Readonly<Record<string, string>> = {}): string {
  if (!text.includes('$')) return text;
  const { request, path, handle, server } = visit;
  const { http, source, destination } = request;
  const headers = Object.entries(http?.headers ?? {});
  const full = http?.path ?? '/';
  const values: Readonly<Record<string, string>> = {
    uri: path,
    document_uri: path,
    request_uri: full,
    args: full.split('?')[1] ?? '',
    query_string: full.split('?')[1] ?? '',
    is_args: full.includes('?') ? '?' : '',
    host: hostName(http?.host ?? ''),
    http_host: http?.host ?? '',
    hostname: handle.hostname,
    scheme: 'http',
    server_protocol: 'HTTP/1.1',
    request_method: http?.method ?? '',
    request: `${http?.method ?? ''} ${full} HTTP/1.1`,
    remote_addr: source.address,
    remote_port: String(source.port),
    remote_user: '',
    server_addr: destination.address,
    server_port: String(destination.port),
    server_name: server.names[0] ?? '',
    nginx_version: handle.image.variables.version ?? '',
    ...more,
  };
  return text.replace(/\$\{?([a-z_0-9]+)\}?/g, (whole, name: string) => {
    if (Object.hasOwn(values, name)) return values[name] ?? '';
    if (!name.startsWith('http_')) return whole;
    return headers.find(([key]) => key.toLowerCase().replaceAll('-', '_') === name.slice(5))?.[1] ?? '';
  });
}

/** The answer as it goes over the wire. */
export function response({ status, reason, headers, body, closes }: Answer, head: boolean): AppResponse {
  if (closes) return { data: '' };
  return { http: { version: '1.1', status, reason, headers, body: head ? '' : body } };
}
