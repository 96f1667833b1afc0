import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

const cluster = simulate({
  name: 'facts',
  startTime: '2026-01-05T09:00:00Z',
  nodes: [
    { name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' },
    {
      name: 'node2',
      internalIP: '10.0.0.12',
      podCIDR: '10.244.2.0/24',
      osImage: 'Ubuntu 22.04.3 LTS',
      kernelVersion: '5.15.0-91-generic',
    },
  ],
});
function pod(name: string, image: string, spec: object = {}, container: object = {}) {
  cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { nodeName: 'node1', containers: [{ name: 'main', image, ...container }], ...spec },
  });
}
pod('box', 'busybox:1.36', {}, { command: ['sleep', '3600'], securityContext: { runAsUser: 1000 } });
pod('alp', 'alpine:3.20', {}, { command: ['sleep', '3600'] });
pod('web', 'nginx:1.27', { hostNetwork: true });
cluster.advance(180_000);

function at(place: string, line: string) {
  return cluster.run(runLine(new Session(cluster, parsePlace(place, ['client'])), line));
}

describe('the name of the system', () => {
  // os-release(5)
  it('is that of the node, or of what the image was built on', () => {
    expect(at('node1', 'cat /etc/os-release').stdout).toBe(
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nID=debian\n',
    );
    expect(at('node2', 'cat /etc/os-release').stdout).toBe(
      'PRETTY_NAME="Ubuntu 22.04.3 LTS"\nNAME="Ubuntu"\nVERSION_ID="22.04"\nVERSION="22.04.3 LTS"\nID=ubuntu\n',
    );
    expect(at('pod/alp', 'cat /etc/os-release').stdout).toBe(
      'NAME="Alpine Linux"\nID=alpine\nVERSION_ID="3.20"\nPRETTY_NAME="Alpine Linux v3.20"\n',
    );
    expect(at('pod/box', 'cat /etc/os-release')).toMatchObject({ stdout: '', exitCode: 1 });
  });

  it('and the kernel are what the status of the node says', () => {
    expect(at('node1', 'uname -r').stdout).toBe('6.12.30\n');
    expect(at('node2', 'uname -a').stdout).toBe(
      'Linux node2 5.15.0-91-generic #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux\n',
    );
    expect(at('pod/box', 'uname -sr').stdout).toBe('Linux 6.12.30\n');
    expect(at('client', "kubectl get node node2 -o jsonpath='{.status.nodeInfo.kernelVersion}'").stdout).toBe(
      '5.15.0-91-generic',
    );
    const lines = at('node2', 'hostnamectl').stdout.split('\n');
    expect(lines[0]).toBe(' Static hostname: node2');
    expect(lines.slice(1, 3).join('\n')).toMatch(/^ {6}Machine ID: [0-9a-f]{32}\n {9}Boot ID: [0-9a-f]{32}$/);
    expect(lines.slice(3)).toEqual([
      'Operating System: Ubuntu 22.04.3 LTS',
      '          Kernel: Linux 5.15.0-91-generic',
      '    Architecture: x86-64',
      '',
    ]);
  });
});

it('uptime counts from the boot, and says that load is not simulated', () => {
  expect(at('node1', 'uptime')).toMatchObject({
    stdout: ' 09:03:00 up 3 min,  1 user\n',
    stderr: 'uptime: the load average is not simulated\n',
  });
  expect(at('pod/box', 'uptime').stdout).toBe(' 09:03:00 up 3 min\n');
  expect(at('node1', 'uptime -p').stdout).toBe('up 3 minutes\n');
});

it('who one is', () => {
  expect(at('node1', 'id; whoami').stdout).toBe('uid=0(root) gid=0(root) groups=0(root)\nroot\n');
  expect(at('pod/box', 'whoami')).toMatchObject({ exitCode: 1, stderr: 'whoami: unknown uid 1000\n' });
  expect(at('pod/box', 'env').stdout).toContain('HOSTNAME=box\n');
});

describe('who holds a port', () => {
  it('lsof -i tells', () => {
    const [head, ...rows] = at('node1', 'lsof -nP -i :80').stdout.trimEnd().split('\n');
    expect(head).toMatch(/^COMMAND +PID +USER +FD +TYPE +DEVICE +SIZE\/OFF +NODE +NAME$/);
    expect(rows[0]).toMatch(/^nginx +\d+ +root +\d+u +IPv4 +- +0t0 +TCP \*:80 \(LISTEN\)$/);
    expect(at('node1', 'lsof -i :80').stdout).toContain(' TCP *:http (LISTEN)\n');
    expect(at('node1', 'lsof -i tcp:81')).toMatchObject({ stdout: '', exitCode: 1 });
    expect(at('node1', 'lsof')).toMatchObject({
      exitCode: 127,
      stderr: 'lsof: only lsof -i[46][tcp|udp][:PORT] [-nP] is simulated\n',
    });
  });

  it('fuser tells', () => {
    const { stdout, stderr, exitCode } = at('node1', 'fuser 80/tcp');
    expect(stdout).toMatch(/^( +\d+)+$/);
    expect(stderr).toBe('80/tcp:              \n');
    expect(exitCode).toBe(0);
    expect(at('node1', 'fuser 81/tcp')).toMatchObject({ stdout: '', stderr: '', exitCode: 1 });
  });
});

it('versions of curl and wget', () => {
  expect(at('client', 'curl --version').stdout).toBe(
    'curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1\nRelease-Date: 2023-02-20\nProtocols: http\n',
  );
  expect(at('client', 'wget --version').stdout).toBe('GNU Wget 1.21.3 built on linux-gnu.\n');
  expect(at('pod/box', 'wget --version')).toMatchObject({
    exitCode: 1,
    stderr:
      'wget: unrecognized option: version\nBusyBox v1.36.1 multi-call binary.\n\nUsage: wget [-cqS] [-O FILE] [-T SEC] [-Y on/off] [-U STR] URL...\n',
  });
});

// BIND 9.18, bin/dig/dighost.c
it('dig gives up on a server that does not answer', () => {
  const lost = ';; communications error to 10.0.0.99#53: timed out\n';
  expect(at('client', 'dig @10.0.0.99 web')).toMatchObject({
    exitCode: 9,
    stdout: `${lost.repeat(3)}\n; <<>> DiG 9.18 <<>> @10.0.0.99 web\n; (1 server found)\n;; global options: +cmd\n;; no servers could be reached\n`,
  });
  expect(at('client', 'dig @10.0.0.99 +short +tries=1 web').stdout).toBe(`${lost};; no servers could be reached\n`);
  expect(at('client', 'dig @10.0.0.11 +short +tries=1 web').stdout).toBe(
    ';; communications error to 10.0.0.11#53: connection refused\n;; no servers could be reached\n',
  );
});

it('what has no answer says so in one line, and is none of the commands that help lists', () => {
  expect(at('node1', 'tcpdump -i any port 80')).toMatchObject({
    exitCode: 127,
    stdout: '',
    stderr:
      'tcpdump: not simulated: packets cannot be captured here; curl -v, ss and iptables -L -v -n tell where they went\n',
  });
  for (const line of ['strace -p 1', 'mount', 'top', 'dmesg', 'lsblk'])
    expect(at('node1', line)).toMatchObject({
      exitCode: 127,
      stderr: expect.stringMatching(/^\w+: not simulated: [^\n]+\n$/),
    });
  expect(at('pod/box', 'lsblk').stderr).toBe('sh: lsblk: not found\n');
  expect(at('pod/box', 'strace ls').stderr).toBe('sh: strace: not found\n');
  expect(at('node1', 'which tcpdump lsof').stdout).toBe('/usr/bin/lsof\n');
  expect(at('node1', 'help').stdout).not.toMatch(/tcpdump|strace/);
});
