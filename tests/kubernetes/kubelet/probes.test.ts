import { describe, expect, it } from 'vitest';
import type { Probe } from '@/kubernetes/api/generated/core-v1';
import { HOST } from '@/kubernetes/network/host';
import { events, oneNode, pod, run } from './play';

/** What is said first of a readiness probe of nginx, which listens on port 80. */
function firstWords(probe: Probe): string | undefined {
  const cluster = oneNode();
  run(cluster, 'web', { image: 'nginx:1.25', readinessProbe: { initialDelaySeconds: 2, periodSeconds: 4, ...probe } });
  cluster.advance(9000);
  return events(cluster, 'web').find((text) => text.includes('probe'));
}

describe('a probe that fails says', () => {
  const failed = 'Warning Unhealthy Readiness probe failed: ';

  it.each<[string, Probe, string]>([
    // pkg/probe/http/http.go
    ['a bad status', { httpGet: { port: 80, path: '/nope' } }, 'HTTP probe failed with statuscode: 404'],
    [
      'that nobody listens',
      { httpGet: { port: 8080, path: '/' } },
      'Get "http://10.244.1.2:8080/": dial tcp 10.244.1.2:8080: connect: connection refused',
    ],
    [
      'that the server speaks no TLS',
      { httpGet: { port: 80, scheme: 'HTTPS' } },
      'Get "https://10.244.1.2:80/": http: server gave HTTP response to HTTPS client',
    ],
    [
      'that nobody answers in time',
      { httpGet: { port: 80, host: '10.99.99.99' } },
      'Get "http://10.99.99.99:80/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    ],
    // pkg/probe/tcp/tcp.go
    ['that a port is closed', { tcpSocket: { port: 81 } }, 'dial tcp 10.244.1.2:81: connect: connection refused'],
    [
      'that an address is silent',
      { tcpSocket: { port: 80, host: '10.99.99.99' } },
      'dial tcp 10.99.99.99:80: i/o timeout',
    ],
    [
      'of a host on both families what it tried first',
      { tcpSocket: { port: 81, host: 'localhost' } },
      'dial tcp [::1]:81: connect: connection refused',
    ],
    // pkg/probe/grpc/grpc.go
    [
      'that it could not connect',
      { grpc: { port: 80 } },
      'timeout: failed to connect service "10.244.1.2:80" within 1s: context deadline exceeded',
    ],
    // pkg/probe/exec/exec.go
    [
      'what the command wrote',
      { exec: { command: ['cat', '/tmp/healthy'] } },
      'cat: /tmp/healthy: No such file or directory\n',
    ],
    [
      'that the command took too long',
      { exec: { command: ['sleep', '10'] }, timeoutSeconds: 2 },
      'command timed out: "sleep 10" timed out after 2s',
    ],
  ])('%s', (_what, probe, text) => {
    expect(firstWords(probe)).toBe(failed + text);
  });
});

describe('a probe that cannot be tried', () => {
  // pkg/kubelet/prober/prober.go: such an outcome is thrown away.
  const errored = 'Warning Unhealthy Liveness probe errored and resulted in unknown state: ';

  it.each<[string, Probe, RegExp]>([
    [
      'because the image has no such command',
      { exec: { command: ['nope'] } },
      /^rpc error: code = Unknown desc = failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "nope": executable file not found in \$PATH$/,
    ],
    [
      'because no port has that name',
      { tcpSocket: { port: 'nope' } },
      /^strconv.Atoi: parsing "nope": invalid syntax$/,
    ],
  ])('%s, ends nothing', (_why, probe, text) => {
    const cluster = oneNode();
    run(cluster, 'web', { image: 'nginx:1.25', livenessProbe: { ...probe, periodSeconds: 1, failureThreshold: 1 } });
    cluster.advance(20_000);
    const [said = ''] = events(cluster, 'web').filter((one) => one.startsWith(errored));
    expect(said.slice(errored.length)).toMatch(text);
    expect(pod(cluster, 'web').status.containerStatuses?.[0]).toMatchObject({ restartCount: 0, ready: true });
  });
});

describe('tries of a probe', () => {
  it('that take longer than the period follow one another', () => {
    const cluster = oneNode();
    const exec = { command: ['sh', '-c', 'sleep 3; exit 1'] };
    run(cluster, 'web', { image: 'nginx:1.25', readinessProbe: { exec, periodSeconds: 1, timeoutSeconds: 5 } });
    cluster.advance(20_000);
    const failures = cluster
      .client()
      .list('events')
      .filter(({ reason }) => reason === 'Unhealthy');
    const count = failures.reduce((sum, one) => sum + (one.count ?? 1), 0);
    expect(count).toBeGreaterThanOrEqual(5);
    expect(count).toBeLessThanOrEqual(6);
  });

  it('begin when the container has run for its delay, counted from the whole second of its start', () => {
    const cluster = oneNode();
    run(cluster, 'web', {
      image: 'nginx:1.25',
      livenessProbe: { tcpSocket: { port: 81 }, initialDelaySeconds: 5, periodSeconds: 1, failureThreshold: 100 },
    });
    cluster.advance(5000);
    expect(events(cluster, 'web').some((text) => text.includes('Unhealthy'))).toBe(false);
    cluster.advance(3000);
    expect(events(cluster, 'web').some((text) => text.includes('Unhealthy'))).toBe(true);
  });
});

describe('a startup probe that never comes through', () => {
  // pkg/kubelet/prober/worker.go: what was not found out yet is Unknown, so that a failure is told of.
  it.each<[string, Probe]>([
    ['over TCP', { tcpSocket: { port: 81 } }],
    ['over HTTP', { httpGet: { port: 80, path: '/nope' } }],
  ])('ends its container, %s', (_what, probe) => {
    const cluster = oneNode();
    run(cluster, 'web', { image: 'nginx:1.25', startupProbe: { periodSeconds: 2, failureThreshold: 3, ...probe } });
    cluster.advance(15_000);
    expect(events(cluster, 'web')).toContainEqual(
      expect.stringMatching(/^Normal Killing Container \S+ failed startup probe, will be restarted$/),
    );
    expect(pod(cluster, 'web').status.containerStatuses?.[0]?.restartCount).toBeGreaterThan(0);
  });

  it('lets its container go on while it may still fail', () => {
    const cluster = oneNode();
    run(cluster, 'web', {
      image: 'nginx:1.25',
      startupProbe: { periodSeconds: 2, failureThreshold: 30, tcpSocket: { port: 81 } },
    });
    cluster.advance(30_000);
    expect(pod(cluster, 'web').status.containerStatuses?.[0]).toMatchObject({ restartCount: 0, started: false });
  });
});

// pkg/probe/http/http.go: without keep-alive; pkg/probe/tcp/tcp.go closes at once. SO_LINGER shortens no TIME-WAIT.
describe('a probe that was answered leaves a connection in TIME-WAIT', () => {
  const waits = (probe: Probe) => {
    const cluster = oneNode();
    run(cluster, 'web', { image: 'nginx:1.25', readinessProbe: { periodSeconds: 2, ...probe } });
    cluster.advance(240_000);
    const kernel = cluster.network.kernel('node1');
    const sandbox = kernel.namespaces().find(({ id }) => id !== HOST)?.id ?? '';
    return { host: kernel.timeWaits(HOST), pod: kernel.timeWaits(sandbox) };
  };

  it('in the Pod, of HTTP, and never more than a minute of them', () => {
    const { host, pod: left } = waits({ httpGet: { port: 80 } });
    expect(host).toEqual([]);
    expect(left.length).toBeLessThanOrEqual(30);
    expect(left.at(-1)).toMatchObject({ local: { address: '10.244.1.2', port: 80 }, peer: { address: '10.244.1.1' } });
  });

  it('on the node, of TCP', () => {
    const { host, pod: left } = waits({ tcpSocket: { port: 80 } });
    expect(left).toEqual([]);
    expect(host.at(-1)).toMatchObject({ local: { address: '10.244.1.1' }, peer: { address: '10.244.1.2', port: 80 } });
  });
});
