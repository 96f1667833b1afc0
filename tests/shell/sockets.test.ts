import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { HOST } from '@/kubernetes/network/host';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

const world = { name: 'sockets', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }], kubelet: 'fake' as const };

/** A node on which one program listens, and no other: what a line there prints. */
function type(line: string) {
  const cluster = new Cluster(world);
  const session = new Session(cluster, { kind: 'node', name: 'node1' });
  const { kernel } = session.scene();
  const { pid } = kernel.spawn({
    namespace: HOST,
    pidNamespace: HOST,
    command: ['web'],
    comm: 'web',
    uid: 0,
    capabilities: ['NET_BIND_SERVICE'],
  });
  for (const process of kernel.processes()) if (process.pid !== pid) kernel.exit(process.pid);
  const open = (protocol: 'TCP' | 'UDP', address: string, port: number) =>
    kernel.listen(pid, { protocol, address, port, v6only: false, backlog: 128 });
  open('TCP', '0.0.0.0', 22);
  open('TCP', '127.0.0.1', 8088);
  open('TCP', '::', 10250);
  open('UDP', '10.0.0.11', 53);
  return cluster.run(runLine(session, line));
}

const ports = (line: string) => [...type(line).stdout.matchAll(/:(\d+) +\S+:\*/g)].map((found) => Number(found[1]));

// What ss of iproute2 6.1 answers on Debian 12.
describe('ss', () => {
  it('is as wide as its rows without a heading', () => {
    expect(type('ss -tlnH').stdout).toBe(
      'LISTEN 0      128      0.0.0.0:22    0.0.0.0:*\n' +
        'LISTEN 0      128    127.0.0.1:8088  0.0.0.0:*\n' +
        'LISTEN 0      128            *:10250       *:*\n',
    );
    expect(type('ss -tulnH | head -1').stdout).toBe('udp UNCONN 0      0      10.0.0.11:53    0.0.0.0:*\n');
  });

  it.each([
    ["'sport = :22'", [22]],
    ['sport eq 22', [22]],
    ["'sport = :ssh'", [22]],
    ["'( sport = :22 or sport = :10250 )'", [22, 10250]],
    ["'sport != :22'", [8088, 10250]],
    ["'sport gt 1024 and not sport = :8088'", [10250]],
    ["'sport <= :8088'", [22, 8088]],
    ["'! sport = :22'", [8088, 10250]],
    ['src 127.0.0.1', [8088]],
    ['src 127.0.0.0/8', [8088]],
    ['src 0.0.0.0:22', [22]],
    ['src :8088', [8088]],
    ["'dport = :22'", []],
    ['dst 10.0.0.1', []],
    ['state listening src :22', [22]],
    ['state established', []],
  ])('filters by %s', (filter, wanted) => {
    expect(ports(`ss -tln ${filter}`)).toEqual(wanted);
  });

  it('asks for tables and families', () => {
    expect(ports('ss -A tcp -ln')).toEqual([22, 8088, 10250]);
    expect(ports('ss -A tcp,udp -ln')).toEqual([53, 22, 8088, 10250]);
    expect(ports('ss -f inet -ltn')).toEqual([22, 8088]);
    expect(ports('ss -6 -ltn')).toEqual([10250]);
  });

  it.each([
    ['sport = :nosuch', 1, 'Error: "nosuch" does not look like a port.\nCannot parse dst/src address.\n'],
    ['foo', 1, 'Error: an inet prefix is expected rather than "foo".\nCannot parse dst/src address.\n'],
    ['state foo', 255, 'ss: wrong state name: foo\n'],
    ['sport', 255, 'ss: bison bellows (while parsing filter): "syntax error!" Sorry.\n'],
  ])('refuses %s', (filter, exitCode, stderr) => {
    expect(type(`ss -tln ${filter}`)).toEqual({ stdout: '', stderr, exitCode });
  });
});

// net-tools 2.10
describe('netstat', () => {
  it('prints no blank after the state where nothing follows', () => {
    expect(type('netstat -4tln').stdout).toBe(
      'Active Internet connections (only servers)\n' +
        'Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n' +
        'tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     \n' +
        'tcp        0      0 127.0.0.1:8088          0.0.0.0:*               LISTEN     \n',
    );
  });

  it('prints names, timers, one family; takes long options', () => {
    expect(type('netstat -tl').stdout).toContain(
      'tcp6       0      0 [::]:10250              [::]:*                  LISTEN     \n',
    );
    expect(type('netstat -tl').stdout).toContain('0.0.0.0:ssh');
    expect(type('netstat -tlno').stdout).toContain('LISTEN      off (0.00/0/0)\n');
    expect(type('netstat -6 --tcp --listening --numeric').stdout.split('\n').slice(2)).toEqual([
      'tcp6       0      0 :::10250                :::*                    LISTEN     ',
      '',
    ]);
    expect(type('netstat -z')).toMatchObject({ exitCode: 3, stdout: '' });
  });
});

describe('ip of iproute2', () => {
  it('lists of one family only what has an address of it', () => {
    expect(type('ip -4 addr show lo').stdout).toBe(
      '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n' +
        '    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n',
    );
    expect(type('ip -6 addr | head -2').stdout).toBe(
      '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN qlen 1000\n    inet6 ::1/128 scope host \n',
    );
  });

  it('shows the routes that are asked for, and not what was said', () => {
    const [route = ''] = type('ip route show proto kernel').stdout.split('\n');
    expect(route).toMatch(/^\S+ dev \S+ scope link src \S+ $/);
    const device = / dev (\S+)/.exec(route)?.[1] ?? '';
    expect(type(`ip route show dev ${device} proto kernel`).stdout).toMatch(/^\S+ scope link src \S+ \n$/);
    expect(type('ip route get foo')).toEqual({
      stdout: '',
      stderr: 'Error: any valid prefix is expected rather than "foo".\n',
      exitCode: 1,
    });
    expect(type('ip route get 127.0.0.1 from 127.0.0.1').stdout).toMatch(
      /^local 127\.0\.0\.1 from 127\.0\.0\.1 dev lo uid 0 \n/,
    );
  });
});
