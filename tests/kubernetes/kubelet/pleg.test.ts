import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import type { Container, Pod } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import { Relists } from '@/kubernetes/kubelet/pleg';
import type { WorldFile } from '@/kubernetes/world';

// pkg/kubelet/pleg/generic.go: a look at everything once a second, and since 1.36 one at a Pod that was just dealt with.
const world: WorldFile = {
  name: 'one-node',
  nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }],
};

function run(cluster: Cluster, container: Partial<Container>): void {
  const result = cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      nodeName: 'node1',
      containers: [{ name: 'main', image: 'busybox:1.36', imagePullPolicy: 'IfNotPresent', ...container }],
    },
  });
  if (!result.ok) throw new Error(result.status.message);
}

/** Every different status the Pod shows in its first `seconds`. */
function shown(cluster: Cluster, seconds: number): string[] {
  const seen: string[] = [];
  const until = cluster.clock.now + seconds * 1000;
  while (cluster.clock.now < until && cluster.step()) {
    const pod: Pod | undefined = cluster.client().get('pods', 'default', 'web');
    const status = pod?.status.containerStatuses?.[0];
    const text = status
      ? `${Object.keys(status.state ?? {})[0] ?? ''} ${String(status.ready)} ${status.restartCount}`
      : '';
    if (seen.at(-1) !== text) seen.push(text);
  }
  return seen;
}

describe('looks at the runtime', () => {
  it('come once a second plus the time that one takes, or half of that from now where the phase is left out', () => {
    const drawn = new Relists(50, 400);
    expect([drawn.after(400), drawn.after(1449), drawn.after(1450), drawn.upTo(1449)]).toEqual([1450, 1450, 2500, 400]);
    const mean = new Relists(0, undefined);
    expect([mean.after(2000), mean.upTo(2000)]).toEqual([2500, 1500]);
  });

  it('keep the beat of one that has found something, for a while', () => {
    const mean = new Relists(20, undefined);
    expect([mean.after(5000, 5000), mean.after(7700, 5000), mean.upTo(7700, 5000)]).toEqual([6020, 8060, 7040]);
    expect(mean.after(60_000, 5000)).toBe(60_510);
  });

  it('come between two ends of a container that is started again at once in a whole number', () => {
    const cluster = simulate(world);
    run(cluster, { command: ['sh', '-c', 'sleep 2; exit 1'] });
    const found: number[] = [];
    while (found.length < 2 && cluster.step()) {
      const pod: Pod | undefined = cluster.client().get('pods', 'default', 'web');
      const status = pod?.status.containerStatuses?.[0];
      if (status?.state?.terminated && status.restartCount === found.length) found.push(cluster.clock.now);
    }
    const [first = 0, second = 0] = found;
    expect(second - first).toBe(3 * 1020);
  });

  it('find a program that ends at once running and ready first, and ended a moment later', () => {
    const cluster = simulate(world);
    run(cluster, { command: ['false'] });
    expect(shown(cluster, 5)).toEqual([
      '',
      'waiting false 0',
      'running true 0',
      'terminated false 0',
      'running true 1',
      'terminated false 1',
    ]);
  });

  it('are not taken out of turn before 1.36, so that it is found ended', () => {
    const cluster = simulate({ ...world, kubernetes: '1.35' });
    run(cluster, { command: ['false'] });
    expect(shown(cluster, 5)).toEqual(['', 'waiting false 0', 'terminated false 0', 'terminated false 1']);
  });

  it('come between the end of a Pod’s containers and its removal', () => {
    const cluster = simulate(world);
    run(cluster, { image: 'nginx:1.25' });
    cluster.advance(10_000);
    cluster.client().delete('pods', 'default', 'web');
    const began = cluster.clock.now;
    let completed: number | undefined;
    while (cluster.client().get('pods', 'default', 'web')) {
      const pod: Pod | undefined = cluster.client().get('pods', 'default', 'web');
      if (pod?.status.phase === 'Succeeded') completed ??= cluster.clock.now - began;
      cluster.step();
    }
    expect(completed).toBeLessThan(500);
    expect(cluster.clock.now - began - (completed ?? 0)).toBeGreaterThanOrEqual(500);
  });
});
