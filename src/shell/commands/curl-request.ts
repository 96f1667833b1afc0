import { encodeBase64 } from '@/kubernetes/api/base64';
import type { ShellContext } from '../command';
import type { HttpUrl } from '../net/url';
import { readFile } from './input-files';
import { type Options, hasFlag, lastValue } from './options';

/** What redirects have changed of a request so far. */
export interface Changed {
  /** A POST became a GET: lib/transfer.c `Curl_follow`. */
  readonly bodiless: boolean;
  /** The redirect leads to somebody else, to whom no password is sent. */
  readonly stranger: boolean;
}

/** The words of `-d` and its kin as one body, `@FILE` read; `-G` puts it into the URL instead. */
export function readData(options: Options, context: ShellContext): string | undefined {
  const parts = ['d', 'data', 'data-raw', 'data-binary', 'json'].flatMap((name) =>
    (options.values.get(name) ?? []).map((value) => {
      if (!value.startsWith('@') || name === 'data-raw') return value;
      const text = value === '@-' ? context.stdin : (readFile(value.slice(1), context) ?? '');
      return name === 'd' || name === 'data' ? text.replace(/[\r\n\0]/g, '') : text;
    }),
  );
  return parts.length === 0 ? undefined : parts.join(options.values.has('json') ? '' : '&');
}

/** The request line's parts and the headers, in the order in which curl sends them: lib/http.c `Curl_http`. */
export function requestOf(url: HttpUrl, options: Options, data: string | undefined, changed: Changed) {
  const body = changed.bodiless || hasFlag(options, 'G', 'get') ? undefined : data;
  const json = options.values.has('json');
  const given = [...(options.values.get('H') ?? []), ...(options.values.get('header') ?? [])].map(
    (line): [string, string | undefined] => {
      const at = line.search(/[:;]/);
      const value = line.slice(at + 1).trim();
      return [line.slice(0, at), value === '' && line[at] === ':' ? undefined : value];
    },
  );
  let headers: Record<string, string> = { Host: url.authority };
  const user = lastValue(options, 'u', 'user') ?? url.user;
  if (user !== undefined && !changed.stranger) headers.Authorization = `Basic ${encodeBase64(user)}`;
  headers['User-Agent'] = lastValue(options, 'A', 'user-agent') ?? 'curl/7.88.1';
  headers.Accept = json ? 'application/json' : '*/*';
  const referer = lastValue(options, 'e', 'referer');
  if (referer !== undefined) headers.Referer = referer;
  const cookie = lastValue(options, 'b', 'cookie');
  if (cookie !== undefined) headers.Cookie = cookie;
  if (body !== undefined) {
    const type = json ? 'application/json' : 'application/x-www-form-urlencoded';
    Object.assign(headers, { 'Content-Length': String(body.length), 'Content-Type': type });
  }
  for (const [name, value] of given) {
    const known = Object.keys(headers).find((one) => one.toLowerCase() === name.toLowerCase());
    // A header that is given stands after those of curl itself; only the host keeps its place.
    if (known !== undefined && (known !== 'Host' || value === undefined))
      headers = Object.fromEntries(Object.entries(headers).filter(([one]) => one !== known));
    if (value !== undefined) headers[known === 'Host' ? 'Host' : name] = value;
  }
  const method = hasFlag(options, 'I', 'head') ? 'HEAD' : body === undefined ? 'GET' : 'POST';
  return {
    method: lastValue(options, 'X', 'request') ?? method,
    path: url.path,
    host: (headers.Host ?? url.authority).replace(/:\d+$/, ''),
    headers,
    body,
  };
}
