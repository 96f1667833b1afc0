import { httpDate } from '../../../clock/http-date';
import type { AppRequest, AppResponse } from '../../../network/kernel';
import type { ProcessHandle } from '../../process';
import { hostName } from './choose';
import type { Directive, VirtualServer } from './configuration';
import type { Upstreams } from './upstreams';
import { expand } from './variables';

export type Header = readonly [string, string];

/** A line of the error log about a request; `upstream`: whom it asked for the answer. */
export interface Note {
  readonly level: 'error' | 'warn';
  readonly text: string;
  readonly upstream?: string;
}

/** What nginx answers, and what it writes to its error log about it. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: string;
  readonly notes?: readonly Note[];
  /** One of nginx's own pages, for which `error_page` may put another. */
  readonly standard?: true;
  /** The blocks that it was answered in. */
  readonly scopes: readonly Directive[];
  /** Seconds until nginx answers at all: it waited for another server. */
  readonly after?: number;
  /** Sent in chunks: so many bytes with what is around them. */
  readonly sent?: number;
  /** `return 444`: the connection is closed without a word. */
  readonly closes?: boolean;
}

/** A request as the blocks around it see it, the innermost first. */
export interface Visit {
  readonly request: AppRequest;
  readonly server: VirtualServer;
  readonly handle: ProcessHandle;
  readonly scopes: readonly Directive[];
  /** As it stands after rewriting, without its query. */
  readonly path: string;
  /** The query, after rewriting. */
  readonly query: string;
  /** What `set` and the groups of regular expressions have given. */
  readonly variables: Map<string, string>;
  readonly upstreams: Upstreams;
  /** What the client asked for, decoded, without its query. */
  readonly asked: string;
  /** `rewrite … break` has changed the path. */
  readonly rewritten?: boolean;
  /** Connections from clients, and all connections: they are numbered together. */
  readonly counter: { clients: number; opened: number };
}

// src/http/ngx_http_header_filter_module.c `ngx_http_status_lines`
export const reasons: Readonly<Record<number, string>> = Object.fromEntries(
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

/** An address of this server under the name that was asked for. */
export function absolute({ request }: Visit, path: string): string {
  const port = request.destination.port;
  return `http://${hostName(request.http?.host ?? '')}${port === 80 ? '' : `:${port}`}${path}`;
}

export const connection: Header = ['Connection', 'keep-alive'];

/** One of nginx's own pages. Upstream: src/http/ngx_http_special_response.c */
export function page(
  visit: Visit,
  status: number,
  headers: readonly Header[] = [connection],
  problem?: string,
): Answer {
  const title = `${status} ${titles[status] ?? reasons[status] ?? ''}`.trim();
  const body =
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n` +
    `<hr><center>${signature(visit)}</center>\r\n</body>\r\n</html>\r\n`;
  const own: Header[] = [
    ['Content-Type', 'text/html'],
    ['Content-Length', byteLength(body)],
  ];
  const notes = problem === undefined ? [] : [{ level: 'error' as const, text: problem }];
  return { ...made(visit, status, [...own, ...headers], body), standard: true, notes };
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

/** An answer with what nginx adds to every one. */
export function made(visit: Visit, status: number, headers: readonly Header[], body: string): Answer {
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
  return { status, reason: reasons[status] ?? '', headers: [...first, ...headers, ...added], body, scopes };
}

/** The media type of a file by the end of its name. */
export function typeOf({ scopes }: Visit, file: string): string {
  const ending = /\.([^./]*)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  const types = scopes.find(({ block }) => block.some(({ name }) => name === 'types'));
  const known = types
    ? types.block.filter(({ name }) => name === 'types').flatMap(({ block }) => block)
    : [{ name: 'text/html', args: ['html'] }];
  const found = known.find(({ args }) => args.includes(ending));
  return found?.name ?? setting(scopes, 'default_type')?.[0] ?? 'text/plain';
}

export function byteLength(text: string): string {
  return String(new TextEncoder().encode(text).length);
}

/** The answer as it goes over the wire; `closing`: the client wants the connection closed behind it. */
export function response(found: Answer, { head, closing }: { head: boolean; closing: boolean }): AppResponse {
  const { status, reason, body, closes, after } = found;
  if (closes) return { data: '' };
  const headers = closing
    ? found.headers.map(([name, value]) => [name, name === 'Connection' ? 'close' : value] as const)
    : found.headers;
  const http = { version: '1.1' as const, status, reason, headers, body: head ? '' : body };
  return after ? { http, after: after * 1000 } : { http };
}
