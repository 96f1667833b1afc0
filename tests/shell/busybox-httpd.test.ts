import { describe, expect, it } from 'vitest';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';
import { oneNode } from '../kubernetes/kubelet/play';

function terminal() {
  const cluster = oneNode();
  const session = new Session(cluster, { kind: 'node', name: 'node1' });
  return (line: string) => cluster.run(runLine(session, line));
}

// busybox 1.35.0
describe('httpd of busybox', () => {
  it('goes on in the background without -f', () => {
    const type = terminal();
    expect(type('echo hello > /root/index.html; httpd -p 8001 -h /root')).toMatchObject({ exitCode: 0, stdout: '' });
    expect(type('curl -s http://127.0.0.1:8001/').stdout).toBe('hello\n');
    expect(type('httpd -p 8001')).toMatchObject({ exitCode: 1, stderr: 'httpd: bind: Address already in use\n' });
    expect(type('curl -s http://127.0.0.1:8001/none').stdout).toBe(
      '<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\n' +
        'The requested URL was not found\n</BODY></HTML>\n',
    );
    expect(type('curl -sI http://127.0.0.1:8001/').stdout).toMatch(
      /^HTTP\/1\.1 200 OK\r\nDate: .*\r\nConnection: close\r\nContent-type: text\/html\r\nAccept-Ranges: bytes\r\nContent-Length: 6\r\n/,
    );
  });

  it('-v tells of every answer', () => {
    const type = terminal();
    type('echo hi > /root/index.html; httpd -f -v -p 8002 -h /root 2> /root/log & sleep 1');
    type('curl -s http://127.0.0.1:8002/');
    expect(type('kill %1; sleep 1; cat /root/log').stdout).toMatch(/^\[::ffff:127\.0\.0\.1\]:\d+: response:200$/m);
  });
});
