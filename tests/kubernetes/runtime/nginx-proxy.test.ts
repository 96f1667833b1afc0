import { describe, expect, it } from 'vitest';
import type { Application, AppResponse } from '@/kubernetes/network/kernel';
import { readConfiguration } from '@/kubernetes/runtime/programs/nginx/configuration';
import { oneNode, run } from '../kubelet/play';

// What nginx 1.22.1 answers, logs and says of a configuration. Upstream: src/http/modules/ngx_http_proxy_module.c,
// src/http/modules/ngx_http_rewrite_module.c, src/http/ngx_http_upstream_round_robin.c

const place = '/etc/nginx/conf.d/default.conf';

/** A program that tells what it was asked, as a server behind nginx. */
const echo: Application = ({ http }) => {
  if (!http) return { data: '' };
  if (http.path === '/silent') return { hangs: true };
  if (http.path === '/gone') return { data: '' };
  const body = [
    `${http.method} ${http.path}`,
    `Host: ${http.host}`,
    ...Object.entries(http.headers).map((one) => one.join(': ')),
  ].join('\n');
  const moved = http.path === '/moved' ? [['Location', 'http://127.0.0.1:9000/there'] as const] : [];
  const length = http.path === '/chunks' ? [] : [['Content-Length', String(body.length)] as const];
  const status = http.path === '/none' ? 404 : moved.length > 0 ? 302 : 200;
  const headers = [
    ['Server', 'own'] as const,
    ['Content-Type', 'text/plain'] as const,
    ['X-App', 'me'] as const,
    ...moved,
    ...length,
  ];
  return { http: { version: '1.0', status, reason: 'Told', headers, body } };
};

/** nginx on the node's own network with this file, and `echo` on 127.0.0.1:9000. */
function serving(text: string) {
  const cluster = oneNode();
  cluster.client().create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web', namespace: 'default' },
    data: { 'default.conf': text },
  });
  const [runtime] = cluster.runtimes.values();
  if (!runtime) throw new Error('no runtime');
  const { kernel } = runtime;
  const about = { namespace: 'host', pidNamespace: 'host', uid: 0, capabilities: [] };
  const { pid } = kernel.spawn({ ...about, command: ['own'], comm: 'own' });
  kernel.listen(pid, { address: '127.0.0.1', port: 9000, app: echo });
  const volumeMounts = [{ name: 'conf', mountPath: '/etc/nginx/conf.d' }];
  run(
    cluster,
    'web',
    { image: 'nginx:1.23.1', volumeMounts },
    { hostNetwork: true, volumes: [{ name: 'conf', configMap: { name: 'web' } }] },
  );
  cluster.advance(6000);
  const log = () => [...runtime.logs.values()].flatMap(({ lines }) => lines.map((line) => line.text));
  const ask = (path: string, more: { method?: string; headers?: Record<string, string> } = {}): AppResponse => {
    const socket = kernel.sockets('host').find(({ port }) => port === 80);
    const answer = kernel.openSockets.application(socket?.id ?? 0)?.({
      protocol: 'TCP',
      source: { address: '10.0.0.9', port: 40_000 },
      destination: { address: '10.0.0.11', port: 80 },
      http: { method: 'GET', path, host: 'web.example', headers: { Accept: '*/*' }, ...more },
    });
    return answer ?? {};
  };
  const body = (path: string) => ask(path).http?.body;
  const errors = () => log().flatMap((line) => /\[(?:error|warn)\] .*?: \*(.*)$/.exec(line)?.[1] ?? []);
  return { cluster, log, ask, body, errors };
}

function problem(text: string): string {
  const files: Record<string, string> = {
    '/etc/nginx/nginx.conf': 'events {}\nhttp { include /etc/nginx/conf.d/*.conf; }',
    [place]: text,
  };
  try {
    readConfiguration('/etc/nginx/nginx.conf', { read: (path) => files[path], list: () => ['default.conf'] });
    return 'ok';
  } catch (error) {
    return String(error).replace('Error: ', '').replace(` in ${place}:1`, '');
  }
}

describe('proxy_pass', () => {
  const web = serving(`server {
    location / { proxy_pass http://127.0.0.1:9000; }
    location /api/ { proxy_pass http://127.0.0.1:9000/v1/; }
    location /hdr { proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr; proxy_set_header Connection "";
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_pass http://127.0.0.1:9000; }
    location /var { set $up 127.0.0.1:9000; proxy_pass http://$up$request_uri; }
    location /name { set $up backend; proxy_pass http://$up:9000; }
    location /cut/ { rewrite ^/cut/(.*)$ /v2/$1 break; proxy_pass http://127.0.0.1:9000; }
    location /down { proxy_pass http://127.0.0.1:9001; }
  }`);

  it('asks with the name of proxy_pass and closes, or with what proxy_set_header says', () => {
    expect(web.body('/hello?a=b')).toBe('GET /hello?a=b\nHost: 127.0.0.1:9000\nConnection: close\nAccept: */*');
    expect(web.ask('/hdr', { headers: { 'X-Forwarded-For': '9.9.9.9' } }).http?.body).toBe(
      'GET /hdr\nHost: web.example\nX-Real-IP: 10.0.0.9\nX-Forwarded-For: 9.9.9.9, 10.0.0.9',
    );
  });

  it("puts its own path in the place of the location's, and leaves a rewritten one", () => {
    const first = (path: string) => web.body(path)?.split('\n')[0];
    expect(first('/api/users?id=1')).toBe('GET /v1/users?id=1');
    expect(first('/cut/a%20b?c')).toBe('GET /v2/a%20b?c');
    expect(first('/var/x?y')).toBe('GET /var/x?y');
    expect(web.ask('/api').http?.headers).toContainEqual(['Location', 'http://web.example/api/']);
  });

  it("hands the answer back behind nginx's own headers", () => {
    const { status, reason, headers } = web.ask('/moved').http ?? {};
    expect([status, reason]).toEqual([302, 'Told']);
    expect(headers?.map(([name]) => name)).toEqual([
      'Server',
      'Date',
      'Content-Type',
      'Content-Length',
      'Location',
      'Connection',
      'X-App',
    ]);
    expect(headers).toContainEqual(['Location', 'http://web.example/there']);
    expect(headers).toContainEqual(['Server', 'nginx/1.23.1']);
    expect(web.ask('/chunks').http?.headers).toContainEqual(['Transfer-Encoding', 'chunked']);
    // What the client closes is closed.
    expect(web.ask('/x', { headers: { Connection: 'close' } }).http?.headers).toContainEqual(['Connection', 'close']);
  });

  it('says why there is no answer', () => {
    expect([web.ask('/down').http?.status, web.ask('/gone').http?.status, web.ask('/name').http?.status]).toEqual([
      502, 502, 502,
    ]);
    const slow = web.ask('/silent');
    expect([slow.http?.status, slow.after]).toEqual([504, 60_000]);
    const from = (path: string) => `client: 10.0.0.9, server: , request: "GET ${path} HTTP/1.1"`;
    expect(web.errors().map((line) => line.replace(/^\d+ /, ''))).toEqual([
      `connect() failed (111: Connection refused) while connecting to upstream, ${from('/down')}, upstream: "http://127.0.0.1:9001/down", host: "web.example"`,
      `upstream prematurely closed connection while reading response header from upstream, ${from('/gone')}, upstream: "http://127.0.0.1:9000/gone", host: "web.example"`,
      `no resolver defined to resolve backend, ${from('/name')}, host: "web.example"`,
      `upstream timed out (110: Connection timed out) while reading response header from upstream, ${from('/silent')}, upstream: "http://127.0.0.1:9000/silent", host: "web.example"`,
    ]);
  });
});

describe('an upstream', () => {
  it('is asked in turn, and leaves a server alone that failed', () => {
    const web = serving(`upstream app { server 127.0.0.1:9000; server 127.0.0.1:9001; }
      upstream dead { server 127.0.0.1:9001; server 127.0.0.1:9002; }
      server { location /app { proxy_pass http://app; } location / { proxy_pass http://dead; } }`);
    expect(['/app/1', '/app/2', '/app/3', '/1', '/2'].map((path) => web.ask(path).http?.status)).toEqual([
      200, 200, 200, 502, 502,
    ]);
    // Connections to clients and to servers are numbered together.
    expect(web.errors().map((line) => line.replace(/, client.*(upstream: "[^"]*").*/, ', $1'))).toEqual([
      '3 connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://127.0.0.1:9001/app/2"',
      '3 upstream server temporarily disabled while connecting to upstream, upstream: "http://127.0.0.1:9001/app/2"',
      '8 connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://127.0.0.1:9001/1"',
      '8 upstream server temporarily disabled while connecting to upstream, upstream: "http://127.0.0.1:9001/1"',
      '8 connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://127.0.0.1:9002/1"',
      '8 upstream server temporarily disabled while connecting to upstream, upstream: "http://127.0.0.1:9002/1"',
      '11 no live upstreams while connecting to upstream, upstream: "http://dead/2"',
    ]);
  });

  it('keeps nginx from starting when its name is not found, as on the network of a node without the names of the cluster', () => {
    const lines = serving('server { location / { proxy_pass http://web.default:8080; } }').log();
    expect(lines).toContain(`nginx: [emerg] host not found in upstream "web.default" in ${place}:1`);
    const group = serving('upstream app { server web:8080; } server { location / { proxy_pass http://app; } }').log();
    expect(group).toContain(`nginx: [emerg] host not found in upstream "web:8080" in ${place}:1`);
  });
});

describe('locations and rewriting', () => {
  const web = serving(`server {
    set $who world;
    location ~ ^/re/(\\d+)/(?<rest>.*)$ { return 200 "$1 $rest $who"; }
    location ~* \\.(jpg|png)$ { return 200 "img $1"; }
    location ^~ /pre/ { return 200 "pre"; }
    location /old { rewrite ^/old/(.*)$ /new/$1 last; return 404; }
    location /new/ { return 200 "new $uri $args"; }
    location /perm { rewrite ^/perm(.*)$ /new$1 permanent; }
    location /off { rewrite ^ https://$host/x? redirect; }
    location /cyc { rewrite ^/cyc(.*)$ /cyc$1 last; }
    location /if { if ($request_method = POST) { return 405; } if ($arg_x) { return 200 "x=$arg_x"; } return 200 "none"; }
    location /deny { deny all; }
    location /allow { allow 10.0.0.0/8; deny all; stub_status; }
    location /bad { error_page 502 /sorry; proxy_pass http://127.0.0.1:9001; }
    location /sorry { internal; return 200 "sorry"; }
    location /try { try_files $uri @named; }
    location @named { proxy_pass http://127.0.0.1:9000; }
  }`);

  it.each([
    ['/re/42/foo/bar', '42 foo/bar world'],
    ['/a/b.PNG', 'img PNG'],
    ['/pre/x.png', 'pre'],
    ['/old/thing?q=1', 'new /new/thing q=1'],
    ['/if?x=5', 'x=5'],
    ['/if', 'none'],
    ['/try/x', 'GET /try/x\nHost: 127.0.0.1:9000\nConnection: close\nAccept: */*'],
  ])('%s: %s', (path, text) => {
    expect(web.body(path)).toBe(text);
  });

  it('sends elsewhere, refuses, and gives pages of its own', () => {
    expect(web.ask('/perm/z?k=v').http?.headers).toContainEqual(['Location', 'http://web.example/new/z?k=v']);
    expect(web.ask('/off?q').http?.headers).toContainEqual(['Location', 'https://web.example/x']);
    expect(web.ask('/if', { method: 'POST' }).http?.status).toBe(405);
    expect([web.ask('/deny').http?.status, web.ask('/sorry').http?.status]).toEqual([403, 404]);
    const { status, body } = web.ask('/bad').http ?? {};
    expect([status, body]).toEqual([502, 'sorry']);
    expect(web.body('/allow')).toMatch(
      /^Active connections: 1 \nserver accepts handled requests\n (\d+) \1 \1 \nReading: 0 Writing: 1 Waiting: 0 \n$/,
    );
    const { status: cycle, headers } = web.ask('/cyc/1').http ?? {};
    expect(cycle).toBe(500);
    expect(headers).toContainEqual(['Connection', 'close']);
    expect(
      web.errors().some((line) => line.includes('rewrite or internal redirection cycle while processing "/cyc/1"')),
    ).toBe(true);
  });

  it.each([
    ['server { location / { proxy_pass web:8080; } }', 'invalid URL prefix'],
    ['server { location / { proxy_pass http://127.0.0.1:99999; } }', 'invalid port in upstream "127.0.0.1:99999"'],
    ['server { proxy_pass http://a; }', '"proxy_pass" directive is not allowed here'],
    ['server { location / { rewrite ^/a( /b; } }', 'pcre2_compile() failed: missing closing parenthesis in "^/a("'],
    ['server { location / { rewrite /a /b foo; } }', 'invalid parameter "foo"'],
    ['server { set a b; }', 'invalid variable name "a"'],
    ['server { location / { deny foo; } }', 'invalid parameter "foo"'],
    ['server { location / { if $x { return 1; } } }', 'invalid condition "$x"'],
    ['server { location /a { location /b { } } }', 'location "/b" is outside location "/a"'],
    ['server { location = /x { location /y { } } }', 'location "/y" cannot be inside the exact location "/x"'],
    ['server { location / { proxy_http_version 1.2; } }', 'invalid value "1.2"'],
    ['server { location / { proxy_read_timeout x; } }', '"proxy_read_timeout" directive invalid value'],
    ['upstream a { foo; server 127.0.0.1; }', 'unknown directive "foo"'],
  ])('%s: %s', (text, said) => {
    expect(problem(text)).toBe(said);
  });
});
