import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

const cluster = simulate({
  name: 'net',
  lan: '10.0.0.0/24',
  nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }],
});
cluster.client().create('pods', {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'box', namespace: 'default' },
  spec: { nodeName: 'node1', containers: [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '3600'] }] },
});
cluster.advance(10_000);

function at(place: string, line: string) {
  return cluster.run(runLine(new Session(cluster, parsePlace(place, [])), line));
}

// ip/iproute.c, ip/ipaddress.c, misc/ss.c of iproute2; route.c, lib/interface.c of net-tools; libiproute of busybox
describe('ip', () => {
  it('says which way an address is reached', () => {
    expect(at('node1', 'ip route get 8.8.8.8').stdout).toBe(
      '8.8.8.8 via 10.0.0.1 dev eth0 src 10.0.0.11 uid 0 \n    cache \n',
    );
    expect(at('node1', 'ip route get 127.0.0.1').stdout).toBe(
      'local 127.0.0.1 dev lo src 127.0.0.1 uid 0 \n    cache <local> \n',
    );
    expect(at('pod/box', 'ip route get 10.0.0.11').stdout).toBe('10.0.0.11 via 10.244.1.1 dev eth0  src 10.244.1.2 \n');
  });

  it('shows interfaces of a kind, tables, rules and namespaces', () => {
    expect(at('node1', 'ip -br link show type bridge').stdout).toMatch(/^cni0 +UP/);
    expect(at('node1', 'ip -br link show master cni0').stdout).toMatch(/^veth\w{8}@if2 +UP/);
    expect(at('node1', 'ip rule').stdout.split('\n')[0]).toBe('0:\tfrom all lookup local');
    expect(at('node1', 'ip route show table local').stdout).toContain(
      'local 10.0.0.11 dev eth0 proto kernel scope host src 10.0.0.11 \n',
    );
    expect(at('node1', 'ip netns').stdout).toMatch(/^cni-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} \(id: 0\)\n$/);
  });

  it('refuses what it does not know, and tells what is not simulated', () => {
    expect(at('node1', 'ip link foo')).toMatchObject({
      exitCode: 255,
      stderr: 'Command "foo" is unknown, try "ip link help".\n',
    });
    expect(at('node1', 'ip monitor')).toMatchObject({ exitCode: 127, stderr: 'ip: monitor is not simulated\n' });
    expect(at('node1', 'ip nosuch')).toMatchObject({
      exitCode: 1,
      stderr: 'Object "nosuch" is unknown, try "ip help".\n',
    });
  });
});

describe('ss', () => {
  it('leaves out the state that was asked for, and filters by several ports', () => {
    expect(at('node1', 'ss -tn state listening | head -1').stdout).toMatch(/^Recv-Q Send-Q +Local Address:Port/);
    expect(at('node1', "ss -Hltn '( sport = :10250 or sport = :10256 )' | wc -l").stdout).toBe('2\n');
    expect(at('node1', 'ss -s | head -2').stdout).toMatch(
      /^Total: \d+\nTCP: {3}\d+ \(estab 0, closed 0, orphaned 0, timewait 0\)\n$/,
    );
    expect(at('node1', 'ss -y').exitCode).toBe(255);
    expect(at('node1', 'ss -ltni').exitCode).toBe(127);
  });
});

describe('net-tools', () => {
  it('print routes and interfaces in their own forms, busybox in its', () => {
    expect(at('node1', 'route -n').stdout.split('\n').slice(1, 3)).toEqual([
      'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface',
      '0.0.0.0         10.0.0.1        0.0.0.0         UG    0      0        0 eth0',
    ]);
    expect(at('node1', 'netstat -rn').stdout.split('\n')[2]).toBe(
      '0.0.0.0         10.0.0.1        0.0.0.0         UG        0 0          0 eth0',
    );
    expect(at('node1', 'ifconfig eth0 | head -2').stdout).toBe(
      'eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500\n' +
        '        inet 10.0.0.11  netmask 255.255.255.0  broadcast 10.0.0.255\n',
    );
    expect(at('pod/box', 'ifconfig eth0 | grep inet').stdout.split('\n')[0]).toBe(
      '          inet addr:10.244.1.2  Bcast:10.244.1.255  Mask:255.255.255.0',
    );
  });
});

// src/tool_cb_dbg.c and lib/connect.c of curl 7.88
describe('curl -v', () => {
  it('tells how a connection ends, or why there is none', () => {
    expect(at('node1', 'curl -sv -o /dev/null 127.0.0.1:10248/healthz').stderr.split('\n').slice(-3)).toEqual([
      '{ [2 bytes data]',
      '* Connection #0 to host 127.0.0.1 left intact',
      '',
    ]);
    expect(at('node1', 'curl -sv 127.0.0.1:1').stderr).toBe(
      '*   Trying 127.0.0.1:1...\n' +
        '* connect to 127.0.0.1 port 1 failed: Connection refused\n' +
        "* Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server\n" +
        '* Closing connection 0\n',
    );
  });

  it('tells of every address that was tried, writes under the remote name, and sends what -d says', () => {
    const { stderr, exitCode } = at('node1', 'curl -sv localhost:81');
    expect(stderr).toBe(
      '*   Trying 127.0.0.1:81...\n* connect to 127.0.0.1 port 81 failed: Connection refused\n' +
        '*   Trying [::1]:81...\n* connect to ::1 port 81 failed: Connection refused\n' +
        "* Failed to connect to localhost port 81 after 0 ms: Couldn't connect to server\n* Closing connection 0\n",
    );
    expect(exitCode).toBe(7);
    // lib/hostip.c `get_localhost`: names under localhost are never looked up
    expect(at('node1', 'curl -sv4 web.localhost:81').stderr).toBe(
      '*   Trying 127.0.0.1:81...\n* connect to 127.0.0.1 port 81 failed: Connection refused\n' +
        "* Failed to connect to web.localhost port 81 after 0 ms: Couldn't connect to server\n* Closing connection 0\n",
    );
    expect(at('node1', 'curl -O localhost')).toMatchObject({ exitCode: 23 });
    expect(at('node1', 'curl -s -O 127.0.0.1:10248/healthz; cat healthz').stdout).toBe('ok');
    expect(
      at('node1', "curl -s -o /dev/null -w '%{http_code} %{remote_port} %{scheme}' 127.0.0.1:10248/healthz").stdout,
    ).toBe('200 10248 HTTP');
    expect(at('node1', 'curl -sv --json {} 127.0.0.1:10248/healthz').stderr).toContain(
      '> Content-Length: 2\r\n> Content-Type: application/json\r\n',
    );
    expect(at('node1', 'curl --help').stdout).toMatch(/^Usage: curl \[options\.\.\.\] <url>\n/);
  });

  it('and nc -z asks nothing', () => {
    const asked = at('node1', 'nc -zv 127.0.0.1 10248');
    expect([asked.stdout, asked.stderr]).toEqual(['', 'Connection to 127.0.0.1 10248 port [tcp/*] succeeded!\n']);
  });

  // netcat.c of OpenBSD: `udptest`, and `readwrite`, which ends well when the other side has gone.
  it('and nc says nothing of a UDP port that nobody has', () => {
    expect(at('node1', 'nc -zvu 127.0.0.1 5301')).toMatchObject({ stderr: '', exitCode: 1 });
    expect(at('node1', 'echo a | nc -uv -w 1 127.0.0.1 5301')).toMatchObject({ stderr: '', exitCode: 1 });
    expect(at('node1', 'echo a | nc -u -w 1 127.0.0.1 5301')).toMatchObject({ stderr: '', exitCode: 0 });
    expect(at('node1', 'nc -zvu -w 1 10.0.0.99 53')).toMatchObject({
      stderr: 'Connection to 10.0.0.99 53 port [udp/domain] succeeded!\n',
      exitCode: 0,
    });
  });

  it('and nc names a port by /etc/services, unless names are not wanted', () => {
    at('node1', 'nc -lk 80 >/dev/null & sleep 1');
    const open = (service: string) => `Connection to 127.0.0.1 80 port [tcp/${service}] succeeded!\n`;
    expect(at('node1', 'nc -zv 127.0.0.1 80').stderr).toBe(open('http'));
    expect(at('node1', 'nc -zvn 127.0.0.1 80').stderr).toBe(open('*'));
  });
});

// iptables/nft-ruleparse.c, xshared.c; a nat chain sees the first packet of each connection alone
describe('packet counters', () => {
  const world = simulate({
    name: 'counted',
    lan: '10.0.0.0/24',
    nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }],
    machines: [{ name: 'outside', ip: '10.0.0.9' }],
  });
  world.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      nodeName: 'node1',
      containers: [{ name: 'c', image: 'nginx:alpine', ports: [{ containerPort: 80, hostPort: 8080 }] }],
    },
  });
  world.advance(10_000);
  const run = (place: string, line: string) =>
    world.run(runLine(new Session(world, parsePlace(place, ['outside'])), line));
  const row = (text: string, word: string) => text.split('\n').find((line) => line.includes(word)) ?? '';

  it('count connections in the rules of the nat table that they meet', () => {
    run('outside', 'curl -s 10.0.0.11:8080; curl -s 10.0.0.11:8080');
    const listing = run('node1', 'iptables -t nat -nvL').stdout;
    expect(row(listing, 'to:10.244.1.2:80')).toMatch(/^ {4}2 {3}120 DNAT /);
    expect(row(listing, 'CNI-HOSTPORT-SETMARK  6    --  *      *       127.0.0.1')).toMatch(/^ {4}0 {5}0 /);
    run('node1', 'curl -s 127.0.0.1:8080');
    expect(row(run('node1', 'iptables -t nat -nvxL').stdout, 'to:10.244.1.2:80')).toMatch(/^ {7}3 {6}180 DNAT /);
    expect(run('node1', 'nft list chain ip nat PREROUTING').stdout).toContain(
      '\t\t counter packets 2 bytes 120 jump KUBE-SERVICES\n',
    );
    run('node1', 'iptables -t nat -Z CNI-HOSTPORT-DNAT');
    expect(run('node1', 'iptables -t nat -nvL CNI-HOSTPORT-DNAT').stdout.split('\n')[2]).toMatch(/^ {4}0 {5}0 /);
  });

  it('begin at zero for rules that are made anew, and are said to be missing in other tables', () => {
    run('node1', 'iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE');
    expect(run('node1', 'iptables -t nat -nvL POSTROUTING').stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^ {4}0 {5}0 /,
    );
    expect(run('node1', 'iptables -nvL').stderr).toBe(
      'iptables: packets are counted in the nat table alone: of a connection only the first is simulated\n',
    );
    const { stderr } = run('node1', 'iptables -t nat -nvL');
    expect(stderr).toBe('');
  });
});

describe('files of a container', () => {
  it('are what its program serves, also after somebody wrote them', () => {
    const world = simulate({ name: 'files', lan: '10.0.0.0/24', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }] });
    world.client().create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default' },
      spec: { nodeName: 'node1', containers: [{ name: 'c', image: 'nginx:1.25' }] },
    });
    world.advance(10_000);
    const run = (line: string) => world.run(runLine(new Session(world, parsePlace('pod/web', [])), line));
    expect(run('curl -s localhost').stdout).toContain('Welcome to nginx!');
    run('echo hi > /usr/share/nginx/html/index.html');
    expect(run('curl -si localhost').stdout).toMatch(/Content-Length: 3\r\n[^]*\r\n\r\nhi\n$/);
  });
});

// util-linux, sys-utils/nsenter.c
describe('nsenter', () => {
  it('runs a command in the network of a process', () => {
    expect(at('node1', "nsenter -t $(pgrep -f 'sleep 3600') -n ip -4 -br addr show eth0").stdout).toMatch(
      /^eth0@if\d+ +UP +10\.244\.1\.2\/24 \n$/,
    );
    expect(at('node1', "nsenter --target $(pgrep -f 'sleep 3600') --net ss -Htln").stdout).toBe('');
    expect(at('node1', 'nsenter -t 1 -n ss -Htln').stdout).toBe(at('node1', 'ss -Htln').stdout);
    expect(at('node1', "nsenter -t $(pgrep -f 'sleep 3600') -n sh -c 'hostname -i'").stdout).toBe('10.244.1.2\n');
    expect(at('node1', 'nsenter -t 999999 -n ip a')).toMatchObject({
      exitCode: 1,
      stderr: 'nsenter: cannot open /proc/999999/ns/net: No such file or directory\n',
    });
    expect(at('pod/box', 'nsenter -t 1 -n ip a').exitCode).toBe(127);
    expect(at('pod/box', "sh -c 'echo $0'").stdout).toBe('sh\n');
  });
});
