import type { Application } from '../../../network/kernel';
import type { ProcessHandle } from '../../process';
import { fill, type Table, times } from '../../template';
import { answer } from './answer';
import { chooseServer } from './choose';
import { type Configuration, type Directive, endpoint } from './configuration';
import { badRequest, response, setting, type Visit } from './pages';
import { expand } from './variables';
import type { Upstreams } from './upstreams';
import { writeError } from './error-log';
import type { ListenAddress } from './listen';

/** The sockets of a configuration: under a wildcard the other addresses of its port need none of their own. */
export function socketsOf({ servers }: Configuration): ListenAddress[] {
  const all = new Map(servers.flatMap(({ listens }) => listens).map((listen) => [endpoint(listen), listen] as const));
  return [...all.values()].filter(({ address, port }) => {
    const wildcard = address.includes(':') ? '::' : '0.0.0.0';
    return address === wildcard || !all.has(endpoint({ address: wildcard, port }));
  });
}

/** A configuration in use: with the servers that it hands requests on to. */
export type Live = Configuration & { readonly upstreams: Upstreams };

/** Answers by a configuration, and writes the access and the error log. `own` tells the workers' numbers. */
export function application(configuration: () => Live, handle: ProcessHandle, own: () => Table): Application {
  const counter = { clients: 0, opened: 0 };
  return (request) => {
    const now = configuration();
    const { main, http, upstreams } = now;
    const server = http && chooseServer(now, request);
    if (!http || !server) return { hangs: true };
    counter.clients++;
    const number = ++counter.opened;
    const [asked = '/', query = ''] = (request.http?.path ?? '').split(/\?(.*)/s);
    const path = decoded(asked);
    const scopes = [server.block, http];
    const about = { path, asked: path, query, variables: new Map<string, string>(), upstreams, counter };
    const visit: Visit = { request, server, handle, scopes, ...about };
    if (!request.http) return { data: request.data === '' ? '' : badRequest({ ...visit, scopes: [http] }) };
    const found = answer(visit, http);
    const method = request.http.method;
    const head = method === 'HEAD';
    const workers = Object.entries(own()).filter(([name]) => /^worker\d+$/.test(name));
    const worker = workers[(counter.clients - 1) % Math.max(1, workers.length)]?.[1] ?? '1';
    for (const { level, text, upstream } of found.notes ?? []) {
      if (!logs(main, http, level)) continue;
      const from = `client: ${request.source.address}, server: ${server.names[0] ?? ''}`;
      const to = upstream === undefined ? '' : ` upstream: "${upstream}",`;
      const line = `request: "${method} ${request.http.path} HTTP/1.1",${to} host: "${request.http.host}"`;
      writeError(handle, level, `*${number} ${text}, ${from}, ${line}`, worker);
    }
    const bytes = head ? 0 : (found.sent ?? new TextEncoder().encode(found.body).length);
    const line = accessLine({ ...visit, scopes: found.scopes }, http, {
      status: String(found.status),
      body_bytes_sent: String(bytes),
    });
    if (line !== undefined) handle.write('stdout', `${line}\n`);
    const closing = Object.entries(request.http.headers).some(
      ([name, value]) => /^connection$/i.test(name) && /^close$/i.test(value),
    );
    return response(found, { head, closing });
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const combined =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

/** The line of the access log, where that goes to the container's own log. */
function accessLine(visit: Visit, http: Directive, values: Table): string | undefined {
  const [file = '/var/log/nginx/access.log', format = 'combined'] = setting(visit.scopes, 'access_log') ?? [];
  if (!/^(\/var\/log\/nginx\/access\.log|\/dev\/std(out|err))$/.test(file)) return undefined;
  const known = http.block.find(({ name, args }) => name === 'log_format' && args[0] === format);
  const text =
    known?.args
      .slice(1)
      .join('')
      .replace(/^escape=\w+/, '') ?? combined;
  const time = { time_local: fill('${time.clf}', times(visit.handle.date)) };
  // In a log a variable without a value is a dash.
  return text.replace(/\$\{?[a-z_0-9]+\}?/g, (name) => expand(name, visit, { ...values, ...time }) || '-');
}

const levels = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'];

/** Whether the error log takes a level, and goes to the container's own log. */
export function logs(main: readonly Directive[], http: Directive | undefined, level: string): boolean {
  const at = (block: readonly Directive[]) => block.findLast(({ name }) => name === 'error_log')?.args;
  const [file = '/var/log/nginx/error.log', least = 'error'] = at(http?.block ?? []) ?? at(main) ?? [];
  if (!/^(\/var\/log\/nginx\/error\.log|\/dev\/stderr|\/dev\/stdout|stderr)$/.test(file)) return false;
  return levels.indexOf(level) >= levels.indexOf(least);
}
