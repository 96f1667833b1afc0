import type { AppRequest, AppResponse, Application } from '../../network/kernel';
import type { RouteFile, ServerFile } from '../image';
import type { ProcessHandle } from '../process';
import { imagePage } from '../pages';
import { fill, type Table, times, type Values } from '../template';
import { exposition, goFloat } from './exposition';
import { writeLine } from './lines';

// Reason phrases of the answers that image files give (net/http/status.go).
const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** What a server answers: the first route that fits, its headers after the server's own. */
export function answers(handle: ProcessHandle, file: ServerFile, own: Table): Application {
  let count = 0;
  const begun = { started: goFloat(handle.date / 1000) };
  return (request) => {
    const { http } = request;
    if (!file.http) return { data: '' };
    const about = requestValues(request, handle, ++count);
    const route = file.http.routes.find((one) => fits(one, request));
    if (!http || !route)
      return file.http.routes.length > 0 && !http ? plain(file, handle, [about, own]) : { hangs: true };
    const body = bodyOf(route, handle, [about, own, begun]);
    const length = String(utf8Length(body));
    const head = http.method === 'HEAD';
    const answer = { length, bytes: head ? '0' : length, status: String(route.status), worker: workerOf(own, count) };
    const values = [about, answer, own, times(handle.date)];
    for (const line of route.log ?? []) writeLine(handle, line, values);
    if (file.http.accessLog) writeLine(handle, file.http.accessLog, values);
    const headers = [...(file.http.headers ?? []), ...(route.headers ?? [])];
    return {
      http: {
        version: file.http.version ?? '1.1',
        status: route.status,
        reason: reasons[route.status] ?? '',
        headers: headers.map(([name, value]) => [name, fill(value, ...values)] as const),
        body: head ? '' : body,
      },
    };
  };
}

/** Bytes that are no HTTP (UDP, `nc`) get the body of the first route. */
function plain(file: ServerFile, handle: ProcessHandle, values: readonly Values[]): AppResponse {
  const route = file.http?.routes[0];
  return route ? { data: bodyOf(route, handle, values) } : { hangs: true };
}

function fits(route: RouteFile, request: AppRequest): boolean {
  const path = request.http?.path.split('?')[0] ?? '';
  const method = request.http?.method ?? 'GET';
  if (route.methods && !route.methods.includes(method)) return false;
  return route.path.endsWith('*') ? path.startsWith(route.path.slice(0, -1)) : route.path === path;
}

function bodyOf(route: RouteFile, handle: ProcessHandle, values: readonly Values[]): string {
  const known = [...values, handle.image.variables, times(handle.date), Object.fromEntries(handle.environment)];
  const page = route.exposition === undefined ? undefined : imagePage(route.exposition);
  if (page !== undefined) return exposition(page, handle, known);
  const text = route.file === undefined ? (route.body ?? '') : (handle.read(route.file) ?? '');
  return fill(text, ...known);
}

function requestValues(request: AppRequest, handle: ProcessHandle, count: number): Table {
  const { http, source, destination } = request;
  const headers = Object.fromEntries(
    Object.entries(http?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    client: source.address,
    clientPort: String(source.port),
    server: destination.address,
    serverPort: String(destination.port),
    method: http?.method ?? '',
    path: http?.path ?? '',
    host: http?.host ?? '',
    userAgent: headers['user-agent'] ?? '-',
    referer: headers.referer ?? '-',
    forwarded: headers['x-forwarded-for'] ?? '-',
    count: String(count),
    podName: handle.environment.get('POD_NAME') ?? handle.hostname,
  };
}

/** The worker that took this request, in turn. */
function workerOf(own: Table, count: number): string {
  const workers = Object.keys(own).filter((name) => /^worker\d+$/.test(name));
  return own[workers[(count - 1) % workers.length] ?? ''] ?? '1';
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
