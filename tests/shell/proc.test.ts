import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

const cluster = simulate({
  name: 'proc',
  nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }],
});
for (const [name, hostPID] of [
  ['plain', false],
  ['hostpid', true],
] as const) {
  cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: {
      nodeName: 'node1',
      hostPID,
      volumes: [{ name: 'sys', hostPath: { path: '/sys' } }],
      containers: [
        {
          name: 'main',
          image: 'busybox:1.36',
          imagePullPolicy: 'IfNotPresent',
          command: ['sleep', '3600'],
          volumeMounts: [{ name: 'sys', mountPath: '/host/sys', readOnly: true }],
        },
      ],
    },
  });
}
cluster.advance(10_000);

function at(place: string, line: string) {
  return cluster.run(runLine(new Session(cluster, parsePlace(place, [])), line));
}

describe('/proc and /sys', () => {
  it('have a folder for every process of the PID namespace, which patterns find', () => {
    expect(at('pod/plain', 'ls -d /proc/[0-9]*').stdout).toBe('/proc/1\n');
    expect(at('pod/plain', 'cat /proc/1/comm').stdout).toBe('sleep\n');
    expect(at('pod/plain', 'cat /proc/1/cmdline').stdout).toBe('sleep\x003600\0');
    expect(Number(at('pod/hostpid', 'ls -d /proc/[0-9]* | wc -l').stdout)).toBeGreaterThan(30);
    expect(at('node1', 'cat /proc/1/comm').stdout).toBe('systemd\n');
  });

  it('show what the network namespace has', () => {
    expect(at('pod/plain', 'cat /proc/net/dev').stdout.split('\n').slice(2)).toEqual([
      '    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0',
      '  eth0:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0',
      '',
    ]);
    expect(at('node1', 'ls /sys/class/net').stdout).toMatch(/^cni0\neth0\nlo\nveth/);
    expect(at('node1', 'cat /sys/class/net/eth0/operstate').stdout).toBe('up\n');
    expect(at('node1', 'grep 280A /proc/net/tcp6').stdout).toMatch(/^ {3}\d: 0{32}:280A 0{32}:0000 0A /);
  });

  it('of the node are seen through a volume, and not written where that is read only', () => {
    expect(at('pod/plain', 'ls /host/sys | head -3').stdout).toBe('block\nbus\nclass\n');
    const touched = at('pod/plain', 'touch /host/sys/x');
    expect([touched.stderr, touched.exitCode]).toEqual(['touch: /host/sys/x: Read-only file system\n', 1]);
  });
});

describe('processes by name', () => {
  it('are found by pgrep and pidof, which fail where there is none', () => {
    expect(at('node1', 'pgrep -l kubelet').stdout).toMatch(/^\d+ kubelet\n$/);
    expect(at('node1', 'pgrep -c sleep').stdout).toBe('2\n');
    expect(at('node1', 'pidof sleep').stdout).toMatch(/^\d+ \d+\n$/);
    expect(at('node1', 'pgrep -f "sleep 3600"').stdout).toMatch(/^\d+\n\d+\n$/);
    expect(at('node1', 'pgrep nosuch').exitCode).toBe(1);
    expect(at('node1', 'pidof nosuch').exitCode).toBe(1);
    expect(at('pod/plain', 'pgrep -a sleep').stdout).toBe('1 sleep 3600\n');
  });

  it('are listed by ps in the forms that people use', () => {
    expect(at('node1', 'ps -ef | head -1').stdout).toBe('UID          PID    PPID  C STIME TTY          TIME CMD\n');
    expect(at('node1', 'ps aux | head -1').stdout).toBe(
      'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n',
    );
    expect(at('node1', 'ps -p 1 -o comm=').stdout).toBe('systemd\n');
    expect(at('node1', 'ps -C kubelet -o pid,comm').stdout).toMatch(/^ {4}PID COMMAND\n +\d+ kubelet\n$/);
    expect(at('node1', 'ps -p 99999').exitCode).toBe(1);
    expect(at('pod/plain', 'ps -o pid,comm').stdout).toBe('PID   COMMAND\n    1 sleep\n');
  });
});
