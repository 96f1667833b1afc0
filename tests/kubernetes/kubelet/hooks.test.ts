import { describe, expect, it } from 'vitest';
import type { Lifecycle } from '@/kubernetes/api/generated/core-v1';
import { events, oneNode, pod, run } from './play';

function started(lifecycle: Lifecycle, grace = 30) {
  const cluster = oneNode();
  run(cluster, 'web', { image: 'nginx:1.25', lifecycle }, { terminationGracePeriodSeconds: grace });
  cluster.advance(5000);
  return cluster;
}

// Upstream: pkg/kubelet/lifecycle/handlers.go, pkg/kubelet/kuberuntime/kuberuntime_container.go
describe('a hook after the start', () => {
  it('that fails ends the container, and its status says how the command ended', () => {
    const cluster = started({ postStart: { exec: { command: ['sh', '-c', 'echo no >&2; exit 3'] } } });
    const { metadata, status } = pod(cluster, 'web');
    const about = `for Container "main" in Pod "web_default(${metadata.uid})" failed`;
    expect(status.containerStatuses?.[0]?.state?.waiting).toEqual({
      reason: 'PostStartHookError',
      message: `Exec lifecycle hook ([sh -c echo no >&2; exit 3]) ${about} - error: command 'sh -c echo no >&2; exit 3' exited with 3: no\n, message: "no\\n"`,
    });
    expect(events(cluster, 'web')).toContain('Warning FailedPostStartHook PostStartHook failed');
    expect(events(cluster, 'web')).toContain('Normal Killing FailedPostStartHook');
  });

  it('over HTTP asks for an answer, not for a good one', () => {
    const cluster = started({ postStart: { httpGet: { port: 80, path: '/nope' } } });
    // The program has not bound its port yet when the hook of its first start comes.
    const { status } = pod(cluster, 'web');
    expect(status.containerStatuses?.[0]?.state?.waiting?.message).toMatch(
      /^HTTP lifecycle hook \(\/nope\) for Container "main" in Pod "web_default\([^)]*\)" failed - error: Get "http:\/\/10\.244\.1\.2:80\/nope": dial tcp 10\.244\.1\.2:80: connect: connection refused$/,
    );
  });
});

describe('a hook before the end', () => {
  it('is waited for, and takes its time from the grace period', () => {
    const cluster = started({ preStop: { exec: { command: ['sh', '-c', 'sleep 10'] } } });
    cluster.client().delete('pods', 'default', 'web');
    cluster.advance(9000);
    expect(pod(cluster, 'web').status.containerStatuses?.[0]?.state?.running).toBeDefined();
    cluster.advance(4000);
    expect(cluster.client().get('pods', 'default', 'web')).toBeUndefined();
    expect(events(cluster, 'web').some((text) => text.includes('FailedPreStopHook'))).toBe(false);
  });

  it('that is not done when the grace period is over is left alone', () => {
    const cluster = started({ preStop: { exec: { command: ['sleep', '3600'] } } }, 5);
    cluster.client().delete('pods', 'default', 'web');
    cluster.advance(9000);
    expect(cluster.client().get('pods', 'default', 'web')).toBeUndefined();
  });

  it('over HTTP is done with any answer', () => {
    const cluster = started({ preStop: { httpGet: { port: 80, path: '/nope' } } });
    cluster.client().delete('pods', 'default', 'web');
    cluster.advance(5000);
    expect(events(cluster, 'web').filter((text) => text.includes('Hook'))).toEqual([]);
  });

  it('that fails is told of without its reason', () => {
    const cluster = started({ preStop: { exec: { command: ['sh', '-c', 'exit 1'] } } });
    cluster.client().delete('pods', 'default', 'web');
    cluster.advance(5000);
    expect(events(cluster, 'web')).toContain('Warning FailedPreStopHook PreStopHook failed');
  });
});
