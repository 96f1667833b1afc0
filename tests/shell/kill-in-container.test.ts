import { describe, expect, it } from 'vitest';
import type { Container } from '@/kubernetes/api/generated/core-v1';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';
import { oneNode, pod, run } from '../kubernetes/kubelet/play';

/** A container with a terminal inside. */
function inside(container: Partial<Container>) {
  const cluster = oneNode();
  run(cluster, 'web', container);
  cluster.advance(6000);
  const session = new Session(cluster, { kind: 'container', namespace: 'default', pod: 'web' });
  return {
    type: (line: string) => cluster.run(runLine(session, line)),
    restarts: () => {
      cluster.advance(5000);
      return pod(cluster, 'web').status.containerStatuses?.[0]?.restartCount;
    },
    lastExit: () => pod(cluster, 'web').status.containerStatuses?.[0]?.lastState?.terminated?.exitCode,
  };
}

// man 7 pid_namespaces
describe('kill 1 in a container', () => {
  it('ends a program that has a handler for the signal', () => {
    const { type, restarts, lastExit } = inside({ image: 'nginx:1.25' });
    expect(type('kill 1')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(restarts()).toBe(1);
    expect(lastExit()).toBe(0);
  });

  it.each(['kill 1', 'kill -TERM 1', 'kill -s INT 1', 'kill -9 1'])('%s does nothing to one that has none', (line) => {
    const { type, restarts } = inside({ image: 'busybox', command: ['sleep', '3600'] });
    expect(type(line)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(restarts()).toBe(0);
  });

  it('finds no process of the machine by its number there', () => {
    expect(inside({ image: 'nginx:1.25' }).type('kill 99999').stderr).toMatch(/kill: \(99999\) - No such process\n$/);
  });
});

describe('nginx in a container', () => {
  it('tests its configuration', () => {
    expect(inside({ image: 'nginx:1.25' }).type('nginx -t').stderr).toBe(
      'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n' +
        'nginx: configuration file /etc/nginx/nginx.conf test is successful\n',
    );
  });

  it('is no command of a machine', () => {
    const session = new Session(oneNode(), { kind: 'node', name: 'node1' });
    expect(session.cluster.run(runLine(session, 'nginx -t'))).toMatchObject({
      exitCode: 127,
      stderr: 'bash: nginx: command not found\n',
    });
  });
});
