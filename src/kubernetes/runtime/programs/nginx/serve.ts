import type { Application } from '../../../network/kernel';
import type { ProcessHandle } from '../../process';
import { fill, type Table, times } from '../../template';
import { answer, badRequest, expand, response, setting, type Visit } from './answer';
import { chooseServer } from './choose';
import { type Configuration, type Directive, endpoint } from './configuration';
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

/** Answers by a configuration, and writes the access and the error log. `own` tells the workers' numbers. */
export function application(configuration: () => Configuration, handle: ProcessHandle, own: () => Table): Application {
  let count = 0;
  return (request) => {
    const now = configuration();
    const { main, http } = now;
    const server = http && chooseServer(now, request);
    if (!http || !server) return { hangs: true };
    if (!request.http)
      return { data: request.data === '' ? '' : badRequest({ request, server, handle, scopes: [http], path: '' }) };
    const path = decoded(request.http.path.split('?')[0] ?? '/');
    const visit: Visit = { request, server, handle, scopes: [server.block, http], path };
    const found = answer(visit, http);
    count++;
    const method = request.http.method;
    const head = method === 'HEAD';
    const workers = Object.entries(own()).filter(([name]) => /^worker\d+$/.test(name));
    const worker = workers[(count - 1) % Math.max(1, workers.length)]?.[1] ?? '1';
    if (found.problem !== undefined && logs(main, http, 'error'))
      writeError(
        handle,
        'error',
        `*${count} ${found.problem}, client: ${request.source.address}, server: ${server.names[0] ?? ''}, ` +
          `request: "${method} ${request.http.path} HTTP/1.1", host: "${request.http.host}"`,
        worker,
      );
    const bytes = head ? 0 : new TextEncoder().encode(found.body).length;
    const line = accessLine(visit, http, { status: String(found.status), body_bytes_sent: String(bytes) });
    if (line !== undefined) handle.write('stdout', `${line}\n`);
    return response(found, head);
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
