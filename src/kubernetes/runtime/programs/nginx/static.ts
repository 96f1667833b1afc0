import { httpDate } from '../../../clock/http-date';
import {
  type Answer,
  type Header,
  type Visit,
  absolute,
  byteLength,
  connection,
  made,
  page,
  setting,
  typeOf,
} from './pages';
import { expand } from './variables';

/** The same request once more, under another path. */
type Again = (visit: Visit) => Answer;

function fileOf({ scopes, path }: Visit): string {
  const location = scopes[0];
  const alias = location?.block.find(({ name }) => name === 'alias')?.args[0];
  if (alias !== undefined) return alias + path.slice((location?.args.at(-1) ?? '').length);
  const root = setting(scopes, 'root')?.[0] ?? 'html';
  return (root.startsWith('/') ? root : `/etc/nginx/${root}`).replace(/\/$/, '') + path;
}

// src/http/modules/ngx_http_try_files_module.c
export function tried(visit: Visit, tries: readonly string[], again: Again, other: Again): Answer {
  for (const one of tries.slice(0, -1)) {
    const path = expand(one, visit);
    const file = fileOf({ ...visit, path });
    const there = path.endsWith('/') ? visit.handle.list(file.slice(0, -1)) : visit.handle.read(file);
    if (there !== undefined) return served({ ...visit, path }, again);
  }
  const last = tries.at(-1) ?? '';
  if (last.startsWith('=')) return page(visit, Number(last.slice(1)));
  if (last.startsWith('@')) return other(visit);
  const [path = '/', query = visit.query] = expand(last, visit).split('?');
  return again({ ...visit, path, query });
}

// src/http/modules/ngx_http_static_module.c, ngx_http_index_module.c
export function served(visit: Visit, again: Again): Answer {
  const { handle, path, request } = visit;
  const file = fileOf(visit);
  if (path.endsWith('/')) {
    const indexes = setting(visit.scopes, 'index') ?? ['index.html'];
    const index = indexes.find((one) => handle.read(file + one) !== undefined);
    if (index !== undefined) return again({ ...visit, path: path + index });
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
