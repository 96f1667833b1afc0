import { expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import type { Application } from '@/kubernetes/network/kernel';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

/** Answers with what it was asked, and redirects as its paths say. */
const server: Application = ({ http }) => {
  const path = http?.path ?? '';
  const to = { '/r1': '/end', '/loop': '/loop', '/rel': 'x/y?z=1', '/abs': 'http://other.test:81/end' }[path];
  const [status, reason] =
    to === undefined ? [200, 'OK'] : path === '/r1' ? [301, 'Moved Permanently'] : [302, 'Found'];
  const { Authorization = 'None', Host = '' } = http?.headers ?? {};
  const body = `${http?.method} ${path} ${Authorization} ${Host} ${http?.body ?? ''}\n`;
  const headers: [string, string][] = [...(to === undefined ? [] : [['Location', to] as [string, string]])];
  headers.push(['Content-Length', String(body.length)]);
  return { http: { version: '1.1', status: Number(status), reason: String(reason), headers, body } };
};

function world() {
  const cluster = simulate({ name: 'curl', lan: '10.0.0.0/24', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }] });
  const kernel = cluster.network.kernel('node1');
  const { pid } = kernel.spawn({
    namespace: 'host',
    pidNamespace: 'host',
    command: ['server'],
    comm: 'server',
    uid: 0,
    capabilities: ['NET_BIND_SERVICE'],
  });
  for (const port of [80, 81]) kernel.listen(pid, { address: '127.0.0.1', port, app: server });
  return cluster;
}

function run(line: string) {
  const cluster = world();
  return cluster.run(runLine(new Session(cluster, { kind: 'node', name: 'node1' }), line));
}

// What curl 7.88.1 prints against a server that answers so: lib/hostip.c, lib/url.c, lib/transfer.c, src/tool_writeout.c
it('takes the address of a name from --resolve', () => {
  expect(run('curl -sv --resolve foo.test:80:127.0.0.1 http://foo.test/a').stderr).toBe(
    '* Added foo.test:80:127.0.0.1 to DNS cache\n* Hostname foo.test was found in DNS cache\n' +
      '*   Trying 127.0.0.1:80...\n* Connected to foo.test (127.0.0.1) port 80 (#0)\n' +
      '> GET /a HTTP/1.1\r\n> Host: foo.test\r\n> User-Agent: curl/7.88.1\r\n> Accept: */*\r\n> \r\n' +
      '< HTTP/1.1 200 OK\r\n< Content-Length: 22\r\n< \r\n{ [22 bytes data]\n' +
      '* Connection #0 to host foo.test left intact\n',
  );
  expect(run('curl -sS --resolve foo.test:80 http://foo.test/a')).toMatchObject({
    exitCode: 49,
    stderr: "curl: (49) Couldn't parse CURLOPT_RESOLVE entry 'foo.test:80'\n",
  });
});

it('connects to somebody else than the URL names', () => {
  const { stdout, stderr } = run('curl -sv --connect-to foo.test:80:127.0.0.1:81 http://foo.test/a');
  expect(stdout).toBe('GET /a None foo.test \n');
  expect(stderr.split('> GET')[0]).toBe(
    '* Connecting to hostname: 127.0.0.1\n* Connecting to port: 81\n*   Trying 127.0.0.1:81...\n' +
      '* Connected to (nil) (127.0.0.1) port 81 (#0)\n',
  );
  expect(run('curl -sv --connect-to foo.test:80:127.0.0.1:9 http://foo.test/a')).toMatchObject({ exitCode: 7 });
});

it.each([
  ['curl -sL 127.0.0.1/r1', 'GET /end None 127.0.0.1 \n'],
  ['curl -s 127.0.0.1/r1', 'GET /r1 None 127.0.0.1 \n'],
  ['curl -sLd x=1 127.0.0.1/r1', 'GET /end None 127.0.0.1 \n'],
  [
    "curl -sL 127.0.0.1/rel -w '%{num_redirects} %{url_effective} %{method} %{redirect_url}\\n'",
    'GET /x/y?z=1 None 127.0.0.1 \n1 http://127.0.0.1/x/y?z=1 GET \n',
  ],
  [
    "curl -s 127.0.0.1/abs -o /dev/null -w '%{num_redirects} %{http_code} %{url_effective} %{redirect_url}\\n'",
    '0 302 http://127.0.0.1/abs http://other.test:81/end\n',
  ],
  // No password for another port.
  ['curl -sLu me:pw --resolve other.test:81:127.0.0.1 127.0.0.1/abs', 'GET /end None other.test:81 \n'],
  ['curl -s -u me:pw 127.0.0.1/a', 'GET /a Basic bWU6cHc= 127.0.0.1 \n'],
  ['curl -s http://me:pw@127.0.0.1/a', 'GET /a Basic bWU6cHc= 127.0.0.1 \n'],
  ["curl -s -o /dev/null -w '%{http_code} ' 127.0.0.1/a 127.0.0.1/b", '200 GET /b None 127.0.0.1 \n200 '],
  ['curl -s 127.0.0.1:9/ 127.0.0.1/b', 'GET /b None 127.0.0.1 \n'],
  ['curl -sd a=1 -d b=2 127.0.0.1/b', 'POST /b None 127.0.0.1 a=1&b=2\n'],
  ["curl -sG -d a=1 '127.0.0.1/b?c=2'", 'GET /b?c=2&a=1 None 127.0.0.1 \n'],
  [
    "curl -so /dev/null -w '%{http_code} %{remote_ip} %{local_ip} %{remote_port} %{num_redirects}\\n' 127.0.0.1",
    '200 127.0.0.1 127.0.0.1 80 0\n',
  ],
])('%s', (line, stdout) => {
  expect(run(line).stdout).toBe(stdout);
});

it('follows fifty redirects and no more', () => {
  const format = "'%{num_redirects} %{http_code} %{exitcode} %{errormsg}\\n'";
  expect(run(`curl -sSL 127.0.0.1/loop -o /dev/null -w ${format}`)).toEqual({
    stdout: '50 302 47 Maximum (50) redirects followed\n',
    stderr: 'curl: (47) Maximum (50) redirects followed\n',
    exitCode: 47,
  });
  expect(run('curl -sSL --max-redirs 2 127.0.0.1/loop').stderr).toBe('curl: (47) Maximum (2) redirects followed\n');
});

it('tells what it does with a redirect, and complains of what -w does not know', () => {
  expect(run('curl -svL 127.0.0.1/r1').stderr).toContain(
    '* Ignoring the response-body\n{ [24 bytes data]\n* Connection #0 to host 127.0.0.1 left intact\n' +
      "* Issue another request to this URL: 'http://127.0.0.1/end'\n",
  );
  expect(run("curl -s -o /dev/null -w '%{nope} %{http_code} %% x\\n' 127.0.0.1/a")).toMatchObject({
    stdout: ' 200 % x\n',
    stderr: "curl: unknown --write-out variable: 'nope'\n",
  });
});
