// coreutils: src/dd.c, src/df.c; util-linux: sys-utils/fallocate.c; procps: src/free.c; busybox; stress 1.0.4
import { describe, expect, it } from 'vitest';
import { oneNode, pod, run } from '../kubernetes/kubelet/play';
import type { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { mentionsResourceTools } from '@/shell/resources/load';
import { Session } from '@/shell/session';

const onNode = (cluster: Cluster) => new Session(cluster, { kind: 'node', name: 'node1' });
const inside = (cluster: Cluster, name: string) =>
  new Session(cluster, { kind: 'container', namespace: 'default', pod: name });
const type = (session: Session, line: string) => session.cluster.run(runLine(session, line));
const status = (cluster: Cluster, name: string) => pod(cluster, name).status.containerStatuses?.[0];

describe('a disk', () => {
  it('is filled by dd and fallocate, and told of by df, du and ls', () => {
    const cluster = oneNode();
    const node = onNode(cluster);
    expect(type(node, 'df -h').stdout).toBe(
      'Filesystem      Size  Used Avail Use% Mounted on\n/dev/vda1        50G  9.9G   40G  21% /\n',
    );
    expect(type(node, 'dd if=/dev/zero of=/tmp/q bs=1M count=10')).toMatchObject({
      exitCode: 0,
      stderr: '10+0 records in\n10+0 records out\n10485760 bytes (10 MB, 10 MiB) copied, 0.0104858 s, 1.0 GB/s\n',
    });
    expect(type(node, 'du -sh /tmp/q').stdout).toBe('10M\t/tmp/q\n');
    expect(type(node, 'du -s /tmp/q').stdout).toBe('10240\t/tmp/q\n');
    expect(type(node, 'fallocate -l 20G /var/big; df -h / | tail -1').stdout).toBe(
      '/dev/vda1        50G   30G   20G  61% /\n',
    );
    expect(type(node, 'rm /var/big /tmp/q; df -h / | tail -1').stdout).toBe(
      '/dev/vda1        50G  9.9G   40G  21% /\n',
    );
    expect(type(node, 'fallocate -l 60G /var/big')).toMatchObject({
      exitCode: 1,
      stderr: 'fallocate: fallocate failed: No space left on device\n',
    });
    const full = type(node, 'dd if=/dev/zero of=/var/big bs=1G');
    expect(full.exitCode).toBe(1);
    expect(full.stderr).toMatch(
      /^dd: error writing '\/var\/big': No space left on device\n40\+0 records in\n39\+1 records out\n/,
    );
  });

  it('holds big files by their size alone', () => {
    const node = onNode(oneNode());
    type(node, 'fallocate -l 5G /var/a; mv /var/a /var/b; cp /var/b /var/c');
    expect(type(node, 'du -sh /var').stdout).toBe('11G\t/var\n');
    expect(type(node, 'cat /var/b').stderr).toBe(
      'cat: /var/b: not simulated: of so big a file only the size is kept\n',
    );
  });

  it('brings its node under pressure, and the writer down', () => {
    const cluster = oneNode();
    run(cluster, 'writer', {
      image: 'busybox',
      command: ['sh', '-c', 'dd if=/dev/zero of=/big bs=1M count=36000; sleep 3600'],
    });
    cluster.advance(60_000);
    expect(pod(cluster, 'writer').status).toMatchObject({ phase: 'Failed', reason: 'Evicted' });
    expect(pod(cluster, 'writer').status.message).toMatch(
      /^The node was low on resource: ephemeral-storage\. .* Container main was using 36864048Ki, request is 0, /,
    );
  });

  it('of a container has its volumes beside it', () => {
    const cluster = oneNode();
    const mounts = { volumeMounts: [{ name: 'cache', mountPath: '/cache' }] };
    run(
      cluster,
      'e1',
      { image: 'busybox', command: ['sleep', '3600'], ...mounts },
      { volumes: [{ name: 'cache', emptyDir: {} }] },
    );
    cluster.advance(8000);
    const shell = inside(cluster, 'e1');
    expect(type(shell, 'df -h /cache /').stdout).toBe(
      'Filesystem                Size      Used Available Use% Mounted on\n' +
        '/dev/vda1                49.1G      9.8G     39.3G  21% /cache\n' +
        'overlay                  49.1G      9.8G     39.3G  21% /\n',
    );
    expect(type(shell, 'dd if=/dev/zero of=/cache/f bs=1M count=3').stderr).toBe(
      '3+0 records in\n3+0 records out\n3145728 bytes (3.0MB) copied, 0.003146 seconds, 953.7MB/s\n',
    );
    expect(type(shell, 'du -sh /cache').stdout).toBe('3.0M\t/cache\n');
  });
});

describe('memory', () => {
  it('is told of by free', () => {
    const cluster = oneNode();
    expect(type(onNode(cluster), 'free -m').stdout).toBe(
      '               total        used        free      shared  buff/cache   available\n' +
        'Mem:            7940         600        7340           0           0        7340\n' +
        'Swap:              0           0           0\n',
    );
    expect(type(onNode(cluster), 'cat /proc/meminfo').stdout).toBe(
      'MemTotal:        8131544 kB\nMemFree:         7517144 kB\nMemAvailable:    7517144 kB\n',
    );
    expect(type(onNode(cluster), 'free -h').stdout).toContain('Mem:           7.8Gi       600Mi       7.2Gi');
  });

  it('of a container ends where its limit is: all of it is killed', () => {
    const cluster = oneNode();
    run(cluster, 'hog', {
      image: 'busybox',
      command: ['tail', '/dev/zero'],
      resources: { limits: { memory: '32Mi' } },
    });
    cluster.advance(6000);
    expect(status(cluster, 'hog')?.lastState?.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
  });

  it('with cgroups of version 1 the one process is killed, and what the container ends with later counts as that', () => {
    const cluster = oneNode({ cgroups: 'v1' });
    const command = ['sh', '-c', 'sleep 3; tail /dev/zero; echo after $?; sleep 60; exit 0'];
    run(
      cluster,
      'o1',
      { image: 'busybox', command, resources: { limits: { memory: '32Mi' } } },
      { restartPolicy: 'Never' },
    );
    cluster.advance(10_000);
    expect(pod(cluster, 'o1').status.phase).toBe('Running');
    const id = status(cluster, 'o1')?.containerID?.replace('containerd://', '') ?? '';
    const lines = cluster.runtimes
      .get('node1')
      ?.logs.get(id)
      ?.lines.map(({ text }) => text);
    expect(lines).toEqual(['Killed', 'after 137']);
    cluster.advance(70_000);
    expect(status(cluster, 'o1')?.state?.terminated).toMatchObject({ exitCode: 0, reason: 'OOMKilled' });
  });

  it('is taken by stress as it is told, and no more is killed for it than must be', () => {
    const cluster = oneNode();
    const stress = (name: string, bytes: string) =>
      run(cluster, name, {
        image: 'polinux/stress',
        command: ['stress'],
        args: ['--vm', '1', '--vm-bytes', bytes, '--vm-hang', '1'],
        resources: { requests: { memory: '100Mi' }, limits: { memory: '200Mi' } },
      });
    stress('memory-demo', '150M');
    stress('memory-demo-2', '250M');
    cluster.advance(6000);
    expect(status(cluster, 'memory-demo')?.state?.running).toBeDefined();
    expect(status(cluster, 'memory-demo-2')?.lastState?.terminated).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    });
    const used = type(onNode(cluster), 'free -m').stdout.split('\n')[1]?.split(/ +/)[2];
    expect(Number(used)).toBeGreaterThan(745);
  });

  it('of a node ends too: the kernel takes the worst, and the kubelet says so', () => {
    const cluster = oneNode();
    cluster.advance(1000);
    expect(type(onNode(cluster), 'tail /dev/zero')).toMatchObject({ exitCode: 137, stderr: 'Killed\n' });
    cluster.advance(1000);
    const said = cluster
      .client()
      .list('events')
      .find((one) => one.reason === 'SystemOOM');
    expect(said?.message).toMatch(/^System OOM encountered, victim process: tail, pid: \d+$/);
  });

  it('held by a job of a node brings it under pressure, until the job is killed', () => {
    const cluster = oneNode();
    run(cluster, 'web', { image: 'busybox', command: ['sleep', '3600'] });
    cluster.advance(5000);
    const node = onNode(cluster);
    type(node, 'stress --vm 1 --vm-bytes 7300M --vm-hang 0 &');
    cluster.advance(40_000);
    expect(pod(cluster, 'web').status.reason).toBe('Evicted');
    type(node, 'kill %1');
    cluster.advance(1000);
    expect(type(node, 'free -m').stdout).toMatch(/\nMem: +7940 +600 /);
  });
});

it('is loaded where a line or a manifest may need it', () => {
  for (const line of [
    'df -h',
    'kubectl apply -f pod.yaml',
    'tail /dev/zero',
    'kubectl exec web -- dd if=/dev/zero of=/x',
  ])
    expect(mentionsResourceTools(line)).toBe(true);
  for (const line of ['kubectl get pods -o wide', 'ls /tmp', 'kubectl logs web'])
    expect(mentionsResourceTools(line)).toBe(false);
});
