import type { Task } from '@/kubernetes/clock/task';
import { httpDate } from '@/kubernetes/clock/http-date';
import type { Application } from '@/kubernetes/network/kernel';
import type { ShellCommand, ShellContext } from '../command';
import { resolvePath } from '../path';
import { serve } from '../net/serve';
import { httpd } from './busybox-httpd';
import { lastValue, readOptions } from './options';

/** Small web servers that one starts by hand to hold a port of a machine. */
export const servers: Readonly<Record<string, ShellCommand>> = {
  httpd,
  python3: { run: python },
  python: { run: python },
};

function* python(args: readonly string[], context: ShellContext): Task<number> {
  if (args[0] !== '-m' || args[1] !== 'http.server') {
    context.stderr('python3: only "python3 -m http.server [PORT]" is simulated\n');
    return 127;
  }
  const options = readOptions(args.slice(2), { flags: [], withValue: ['b', 'bind', 'd', 'directory'] });
  const port = Number(options.operands[0] ?? 8000);
  const address = lastValue(options, 'b', 'bind') ?? '0.0.0.0';
  const app = fileServer(context, lastValue(options, 'd', 'directory') ?? context.session.cwd);
  return yield* serve(context, 'python3', { address, port, backlog: 5, app }, (error) =>
    error === 'EADDRINUSE'
      ? 'OSError: [Errno 98] Address already in use'
      : 'PermissionError: [Errno 13] Permission denied',
  );
}

function fileServer({ scene, session, cluster }: ShellContext, folder: string): Application {
  const root = resolvePath(session.cwd, folder);
  return ({ http }) => {
    if (!http) return {};
    const path = resolvePath('/', http.path.split('?')[0] ?? '/');
    const found =
      scene.files.read(`${root}${path}`) ?? scene.files.read(`${root}${path === '/' ? '' : path}/index.html`);
    const body = found ?? '404: not found\n';
    return {
      http: {
        version: '1.1',
        status: found === undefined ? 404 : 200,
        reason: found === undefined ? 'Not Found' : 'OK',
        headers: [
          ['Date', httpDate(cluster.clock.epoch + cluster.clock.now)],
          ['Content-Type', 'text/html'],
          ['Content-Length', String(body.length)],
        ],
        body,
      },
    };
  };
}
