import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { HOST } from '@/kubernetes/network/host';
import type { AppResponse } from '@/kubernetes/network/kernel';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

const world = {
  name: 'time-wait',
  nodes: [
    { name: 'node1', internalIP: '10.0.0.11' },
    { name: 'node2', internalIP: '10.0.0.12' },
  ],
  kubelet: 'fake' as const,
};

const page = (version: '1.0' | '1.1'): AppResponse => ({
  http: { version, status: 200, reason: 'OK', headers: [], body: 'hello\n' },
});

/** Two nodes; on the second a program answers at port 80 of every address of a family. */
function start(response: AppResponse, address = '0.0.0.0') {
  const cluster = new Cluster(world);
  const place = (name: string) => new Session(cluster, { kind: 'node', name });
  const [one, two] = [place('node1'), place('node2')];
  const { kernel } = two.scene();
  const web = { command: ['web'], comm: 'web', uid: 0, capabilities: ['NET_BIND_SERVICE'] };
  const { pid } = kernel.spawn({ namespace: HOST, pidNamespace: HOST, ...web });
  for (const process of kernel.processes()) if (process.pid !== pid) kernel.exit(process.pid);
  kernel.listen(pid, { address, port: 80, backlog: 128, app: () => response });
  const at = (session: Session) => (line: string) =>
    cluster.run(runLine(session, line)).stdout.replace(/\b(?:3[2-9]|[45]\d|60)\d{3}\b/g, 'PORT');
  return { cluster, client: at(one), server: at(two) };
}

// As Linux 6.1 has it: net/ipv4/tcp_minisocks.c `tcp_time_wait`.
describe('TIME-WAIT', () => {
  it('is with the client that closed first, for a minute', () => {
    const { cluster, client, server } = start(page('1.1'));
    client('curl -s 10.0.0.12');
    expect(client('ss -Htan state time-wait')).toBe('0      0      10.0.0.11:PORT 10.0.0.12:80\n');
    expect(client('ss -Htn')).toBe('');
    expect(client('ss -Htan dst 10.0.0.12:80')).toContain('TIME-WAIT');
    expect(client('ss -Htan sport = :80')).toBe('');
    expect(server('ss -Htan')).not.toContain('TIME-WAIT');
    cluster.advance(59_000);
    expect(client('ss -Htan')).toContain('TIME-WAIT');
    cluster.advance(1500);
    expect(client('ss -Htan')).not.toContain('TIME-WAIT');
  });

  it('is with the server where that one closes first', () => {
    const { client, server } = start(page('1.0'));
    client('curl -s 10.0.0.12');
    expect(client('netstat -tn')).not.toContain('TIME_WAIT');
    expect(server('netstat -tn').split('\n')[2]).toBe(
      'tcp        0      0 10.0.0.12:80            10.0.0.11:PORT         TIME_WAIT  ',
    );
  });

  it('belongs to IPv6 where a socket of both families took the connection', () => {
    const { client, server } = start(page('1.0'), '::');
    client('curl -s 10.0.0.12');
    expect(server('ss -Htan')).toMatch(/TIME-WAIT 0 {6}0 +\[::ffff:10\.0\.0\.12\]:80 +\[::ffff:10\.0\.0\.11\]:PORT\n/);
    expect(server('netstat -tan')).toMatch(/^tcp6 +0 +0 10\.0\.0\.12:80 +10\.0\.0\.11:PORT +TIME_WAIT/m);
    expect(server('cat /proc/net/tcp6')).toMatch(/^ +1: 0{16}FFFF00000C00000A:0050 0{16}FFFF00000B00000A:\w{4} 06 /m);
  });

  it('is a row of /proc/net/tcp, and no server', () => {
    const { client } = start(page('1.1'));
    client('curl -s 10.0.0.12');
    expect(client('cat /proc/net/tcp')).toMatch(
      /: 0B00000A:\w{4} 0C00000A:0050 06 00000000:00000000 03:00001\w{3} 00000000 {5}0 {8}0 0 3 \w{16} +$/m,
    );
    expect(client('netstat -tln')).not.toContain('TIME_WAIT');
    expect(client('ss -Htano state time-wait')).toMatch(/ timer:\(timewait,59sec,0\)$|timer:\(timewait,60sec,0\)/m);
  });

  it('is left by nobody where the program never answers', () => {
    const { client, server } = start({ hangs: true });
    client('curl -s -m 1 10.0.0.12');
    expect(client('ss -tan') + server('ss -tan')).not.toContain('TIME-WAIT');
  });
});
