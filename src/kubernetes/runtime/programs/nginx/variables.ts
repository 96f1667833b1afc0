import { hostName } from './choose';
import type { Visit } from './pages';

/** Fills the variables of a request in; one that is not simulated stays as it was written. */
export function expand(text: string, visit: Visit, more: Readonly<Record<string, string>> = {}): string {
  if (!text.includes('$')) return text;
  const { request, path, query, handle, server, variables } = visit;
  const { http, source, destination } = request;
  const headers = Object.entries(http?.headers ?? {});
  const full = http?.path ?? '/';
  const header = (wanted: string) =>
    headers.find(([key]) => key.toLowerCase().replaceAll('-', '_') === wanted)?.[1] ?? '';
  const values: Readonly<Record<string, string>> = {
    uri: path,
    document_uri: path,
    request_uri: full,
    args: query,
    query_string: query,
    is_args: query === '' ? '' : '?',
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
    proxy_add_x_forwarded_for: [header('x_forwarded_for'), source.address].filter((one) => one !== '').join(', '),
    content_length: header('content_length'),
    content_type: header('content_type'),
    request_time: '0.000',
    dollar: '$',
    nginx_version: handle.image.variables.version ?? '',
    ...more,
  };
  return text.replace(/\$\{?([a-z_0-9]+)\}?/g, (whole, name: string) => {
    const own = variables.get(name);
    if (own !== undefined) return own;
    if (Object.hasOwn(values, name)) return values[name] ?? '';
    if (name.startsWith('http_')) return header(name.slice(5));
    if (name.startsWith('arg_')) return argument(query, name.slice(4));
    if (name.startsWith('upstream_')) return '';
    return /^\d$/.test(name) ? '' : whole;
  });
}

function argument(query: string, name: string): string {
  const found = query.split('&').find((pair) => pair.split('=')[0]?.toLowerCase() === name.toLowerCase());
  return found?.includes('=') ? found.slice(found.indexOf('=') + 1) : '';
}
