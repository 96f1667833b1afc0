import { describe, expect, it } from 'vitest';
import type { Cluster } from '@/kubernetes/cluster';
import type { AppResponse } from '@/kubernetes/network/kernel';
import { readConfiguration } from '@/kubernetes/runtime/programs/nginx/configuration';
import { oneNode, run } from '../kubelet/play';

const place = '/etc/nginx/conf.d/default.conf';
const around = 'events {}\nhttp { include /etc/nginx/conf.d/*.conf; }';

/** What nginx 1.22.1 says of a configuration, behind `[emerg]`. */
function problem(text: string): string {
  const files: Record<string, string> = { '/etc/nginx/nginx.conf': around, [place]: text };
  try {
    readConfiguration('/etc/nginx/nginx.conf', {
      read: (path) => files[path],
      list: (path) => (path === '/etc/nginx/conf.d' ? ['default.conf'] : undefined),
    });
    return 'ok';
  } catch (error) {
    return String(error).replace('Error: ', '').replace(` in ${place}`, ' in F');
  }
}

/** A web server on the node's own network, with a file in the place of its default server. */
function serving(text: string, more: Record<string, unknown> = {}) {
  const cluster = oneNode();
  cluster.client().create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web', namespace: 'default' },
    data: { 'default.conf': text },
  });
  run(
    cluster,
    'web',
    { image: 'nginx:1.25', volumeMounts: [{ name: 'conf', mountPath: '/etc/nginx/conf.d' }] },
    { hostNetwork: true, volumes: [{ name: 'conf', configMap: { name: 'web' } }], ...more },
  );
  cluster.advance(6000);
  return cluster;
}

function runtimeOf(cluster: Cluster) {
  const [runtime] = cluster.runtimes.values();
  if (!runtime) throw new Error('no runtime');
  return runtime;
}

function log(cluster: Cluster): string[] {
  return [...runtimeOf(cluster).logs.values()].flatMap(({ lines }) => lines.map(({ text }) => text));
}

function ask(cluster: Cluster, port: number, path: string, host = 'x', method = 'GET'): AppResponse['http'] {
  const { kernel } = runtimeOf(cluster);
  const socket = kernel.sockets('host').find((one) => one.port === port);
  return kernel.openSockets.application(socket?.id ?? 0)?.({
    protocol: 'TCP',
    source: { address: '10.0.0.9', port: 40_000 },
    destination: { address: '10.0.0.11', port },
    http: { method, path, host, headers: {} },
  })?.http;
}

describe('the configuration of nginx', () => {
  it.each([
    ['server { listen 80; foo bar; }', 'unknown directive "foo" in F:1'],
    ['server { listen 80 \n root /x; }', 'invalid parameter "root" in F:2'],
    ['server { listen 80; ', 'unexpected end of file, expecting "}" in F:1'],
    ['server { listen 80; } }', 'unexpected "}" in F:1'],
    ['server { listen 99999; }', 'invalid port in "99999" of the "listen" directive in F:1'],
    ['server { listen a:b; }', 'invalid port in "a:b" of the "listen" directive in F:1'],
    ['server { listen nosuch.host:80; }', 'host not found in "nosuch.host:80" of the "listen" directive in F:1'],
    ['server { listen 80; listen 80; }', 'a duplicate listen 0.0.0.0:80 in F:1'],
    ['server { root a b; }', 'invalid number of arguments in "root" directive in F:1'],
    ['server { worker_processes 1; }', '"worker_processes" directive is not allowed here in F:1'],
    ['server { location / { return abc; } }', 'invalid return code "abc" in F:1'],
    ['server { location / { } location / { } }', 'duplicate location "/" in F:1'],
    ['server { root /a; root /b; }', '"root" directive is duplicate in F:1'],
    ['server { return 200 "abc; }', 'unexpected end of file, expecting ";" or "}" in F:1'],
    ['server { return 200 "a"b; }', 'unexpected "b" in F:1'],
    ['server listen 80;', 'directive "server" has no opening "{" in F:1'],
    ['server { ; }', 'unexpected ";" in F:1'],
    [
      'server { listen 80 default_server; } server { listen 80 default_server; }',
      'a duplicate default server for 0.0.0.0:80 in F:1',
    ],
    ['include /none.conf;', 'open() "/none.conf" failed (2: No such file or directory) in F:1'],
    ['server { listen [::]:8080 ipv6only=off; location = /x { return 204; } }', 'ok'],
  ])('%j: %s', (text, said) => {
    expect(problem(text)).toBe(said);
  });

  it('says what it listens on and answers', () => {
    const cluster = serving(`
      server { listen 8080; server_name a; location /hi { default_type text/plain; return 200 "hello $host\\n"; }
               location /go { return 301 /there; } root /usr/share/nginx/html; }
      server { listen 8080; server_name b; return 200 "b"; }`);
    const ports = runtimeOf(cluster)
      .kernel.sockets('host')
      .filter(({ port }) => port === 80 || port === 8080);
    expect(ports.map(({ address, port }) => `${address}:${port}`)).toEqual(['0.0.0.0:8080']);
    expect(ask(cluster, 8080, '/hi', 'a:8080')?.body).toBe('hello a\n');
    expect(ask(cluster, 8080, '/', 'b')?.body).toBe('b');
    expect(ask(cluster, 8080, '/go', 'a:8080')?.headers).toContainEqual(['Location', 'http://a:8080/there']);
    expect(ask(cluster, 8080, '/')?.headers).toContainEqual(['ETag', '"661e8b67-267"']);
    expect(ask(cluster, 8080, '/none')?.status).toBe(404);
    expect(ask(cluster, 8080, '/', 'a', 'POST')?.status).toBe(405);
    expect(log(cluster).find((line) => line.includes('/none" failed'))).toMatch(
      /\[error\] \d+#\d+: \*\d+ open\(\) "\/usr\/share\/nginx\/html\/none" failed \(2: No such file or directory\), client: 10\.0\.0\.9, server: a, request: "GET \/none HTTP\/1\.1", host: "x"$/,
    );
  });

  it('ends the program where it is wrong', () => {
    const lines = log(serving('server { lisen 80; }'));
    expect(lines).toContain('nginx: [emerg] unknown directive "lisen" in /etc/nginx/conf.d/default.conf:1');
    expect(lines.some((line) => line.includes('start worker'))).toBe(false);
  });

  it('names once what is not simulated of it', () => {
    const lines = log(serving('server { listen 8080; location / { autoindex on; } }'));
    expect(lines).toContain('portbound: nginx: not simulated, and so without effect here: autoindex');
  });
});

describe('folders and files', () => {
  it('a folder without an index is forbidden', () => {
    const cluster = oneNode();
    const volumes = [{ name: 'html', emptyDir: {} }];
    const volumeMounts = [{ name: 'html', mountPath: '/usr/share/nginx/html' }];
    run(cluster, 'web', { image: 'nginx:1.25', volumeMounts }, { hostNetwork: true, volumes });
    cluster.advance(6000);
    expect(ask(cluster, 80, '/')?.status).toBe(403);
    expect(log(cluster).some((line) => line.includes('directory index of "/usr/share/nginx/html/" is forbidden'))).toBe(
      true,
    );
  });
});

// Upstream: src/core/nginx.c, src/os/unix/ngx_process_cycle.c
describe('the command in a running container', () => {
  function command(cluster: Cluster, ...argv: string[]) {
    const runtime = runtimeOf(cluster);
    const [id = ''] = runtime.logs.keys();
    const begun = runtime.exec(id, ['nginx', ...argv]);
    if (typeof begun === 'string') throw new Error(begun);
    const { value } = begun.task.next();
    return { code: value, text: begun.written().output };
  }

  it('tests, tells its version, and reads the configuration anew', () => {
    const cluster = serving('server { listen 8080; }');
    expect(command(cluster, '-t')).toEqual({
      code: 0,
      text:
        'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n' +
        'nginx: configuration file /etc/nginx/nginx.conf test is successful\n',
    });
    expect(command(cluster, '-v').text).toBe('nginx version: nginx/1.25.5\n');
    expect(command(cluster, '-s', 'bla')).toEqual({ code: 1, text: 'nginx: invalid option: "-s bla"\n' });
    const runtime = runtimeOf(cluster);
    const [id = ''] = runtime.logs.keys();
    runtime.kernel.root(id)?.files.write(place, 'server { listen 8081; }');
    expect(command(cluster, '-s', 'reload').text).toMatch(/\[notice\] \d+#\d+: signal process started\n$/);
    cluster.advance(100);
    const ports = runtime.kernel.sockets('host').map(({ port }) => port);
    expect([ports.includes(8080), ports.includes(8081)]).toEqual([false, true]);
  });

  it('reads it anew as often as it is told to, and still ends', () => {
    const cluster = serving('server { listen 8080; }', { restartPolicy: 'Never' });
    const runtime = runtimeOf(cluster);
    const [id = ''] = runtime.logs.keys();
    const signals = () => log(cluster).flatMap((line) => /signal \d+ \((?:SIGHUP|SIGQUIT)\)/.exec(line)?.[0] ?? []);
    for (const port of [8081, 8082]) {
      runtime.kernel.root(id)?.files.write(place, `server { listen ${port}; }`);
      command(cluster, '-s', 'reload');
      cluster.advance(100);
      expect(runtime.kernel.sockets('host').map((socket) => socket.port)).toContain(port);
    }
    command(cluster, '-s', 'quit');
    cluster.advance(1000);
    expect(signals()).toEqual(['signal 1 (SIGHUP)', 'signal 1 (SIGHUP)', 'signal 3 (SIGQUIT)']);
    expect(runtime.container(id)?.state).toBe('exited');
  });

  it('ends it, and it says so', () => {
    const cluster = serving('server { listen 8080; }', { restartPolicy: 'Never' });
    command(cluster, '-s', 'quit');
    cluster.advance(1000);
    const said = log(cluster).map((line) => line.replace(/^\S+ \S+ /, ''));
    const at = said.findIndex((line) => /signal 3 \(SIGQUIT\) received from \d+, shutting down$/.test(line));
    expect(said[at + 1]).toMatch(/^\[notice\] (\d+)#\1: gracefully shutting down$/);
    expect(said.at(-1)).toBe('[notice] 1#1: exit');
  });
});
