import type { Task } from '@/kubernetes/clock/task';
import { httpDate } from '@/kubernetes/clock/http-date';
import type { Application } from '@/kubernetes/network/kernel';
import type { ShellCommand, ShellContext } from '../command';
import { HOST } from '@/kubernetes/network/host';
import { serve } from '../net/serve';
import { resolvePath } from '../path';
import { hasFlag, lastValue, readOptions } from './options';

/** `httpd [-f] [-v] [-p [ADDRESS:]PORT] [-h FOLDER]` of busybox 1.35: without `-f` it goes on in the background. */
export const httpd: ShellCommand = {
  *run(args, context): Task<number> {
    const options = readOptions(args, { flags: ['f', 'v'], withValue: ['p', 'h'] });
    const place = lastValue(options, 'p') ?? '80';
    const colon = place.lastIndexOf(':');
    const address = colon < 0 ? '::' : place.slice(0, colon).replace(/^\[|\]$/g, '');
    const says = hasFlag(options, 'v') && hasFlag(options, 'f') ? context.stderr : () => undefined;
    const app = fileServer(context, lastValue(options, 'h') ?? context.session.cwd, says);
    const listen = { address, port: Number(place.slice(colon + 1)), backlog: 9, app };
    const refusal = (error: string) =>
      error === 'EADDRINUSE' ? 'httpd: bind: Address already in use' : 'httpd: bind: Permission denied';
    if (hasFlag(options, 'f')) return yield* serve(context, 'busybox', listen, refusal);
    const { kernel, namespace, uid, process } = context.scene;
    const capabilities = process?.capabilities ?? ['NET_BIND_SERVICE'];
    const pidNamespace = process?.pidNamespace ?? HOST;
    const command = ['httpd', ...args];
    const { pid } = kernel.spawn({ namespace, pidNamespace, command, comm: 'httpd', uid, capabilities });
    const socket = kernel.listen(pid, listen);
    if (typeof socket !== 'string') return 0;
    context.stderr(`${refusal(socket)}\n`);
    kernel.exit(pid);
    return 1;
  },
};

// networking/httpd.c `http_response`
const pages: Readonly<Record<number, readonly [string, string]>> = {
  404: ['Not Found', 'The requested URL was not found'],
  501: ['Not Implemented', 'The requested method is not recognized'],
};

function fileServer(
  { scene, session, cluster }: ShellContext,
  folder: string,
  log: (line: string) => void,
): Application {
  const root = resolvePath(session.cwd, folder);
  return ({ http, source }) => {
    if (!http) return {};
    const path = resolvePath('/', http.path.split('?')[0] ?? '/');
    const text =
      scene.files.read(`${root}${path}`) ?? scene.files.read(`${root}${path === '/' ? '' : path}/index.html`);
    const isHead = http.method === 'HEAD';
    const status = isHead || http.method === 'GET' ? (text === undefined ? 404 : 200) : 501;
    const from = source.address.includes(':') ? source.address : `::ffff:${source.address}`;
    log(`[${from}]:${source.port}: response:${status}\n`);
    const [reason, about] = pages[status] ?? ['OK', ''];
    const page =
      `<HTML><HEAD><TITLE>${status} ${reason}</TITLE></HEAD>\n<BODY><H1>${status} ${reason}</H1>\n${about}\n` +
      '</BODY></HTML>\n';
    const length = String(new TextEncoder().encode(text ?? '').length);
    const more: [string, string][] =
      status === 200
        ? [
            ['Accept-Ranges', 'bytes'],
            ['Content-Length', length],
          ]
        : [];
    return {
      http: {
        version: '1.1',
        status,
        reason,
        headers: [
          ['Date', httpDate(cluster.clock.epoch + cluster.clock.now)],
          ['Connection', 'close'],
          ['Content-type', 'text/html'],
          ...more,
        ],
        body: isHead ? '' : status === 200 ? (text ?? '') : page,
      },
    };
  };
}
