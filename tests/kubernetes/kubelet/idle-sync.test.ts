import { describe, expect, it } from 'vitest';
import { events, oneNode, pod, run } from './play';

describe('syncs that find nothing new', () => {
  it('go on counting the back-off event, and take notice of the end of the wait', () => {
    const cluster = oneNode();
    run(cluster, 'loop', { image: 'busybox:1.36', command: ['sh', '-c', 'exit 1'] });
    cluster.advance(1_800_000);
    const backOff = cluster.store.list('events').find(({ reason }) => reason === 'BackOff');
    expect(backOff?.count).toBeGreaterThan(10);
    const restarts = () => pod(cluster, 'loop').status.containerStatuses?.[0]?.restartCount ?? 0;
    const before = restarts();
    cluster.advance(700_000);
    expect(restarts()).toBeGreaterThan(before);
    expect(events(cluster, 'loop').join('\n')).toContain('Back-off restarting failed container');
  });

  // pkg/kubelet/active_deadline.go
  it('still end a Pod whose time is over', () => {
    const cluster = oneNode();
    run(cluster, 'web', { image: 'nginx:1.25' }, { activeDeadlineSeconds: 600 });
    cluster.advance(590_000);
    expect(pod(cluster, 'web').status.phase).toBe('Running');
    cluster.advance(20_000);
    expect(pod(cluster, 'web').status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
  });
});
