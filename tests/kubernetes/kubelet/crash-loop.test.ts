import { describe, expect, it } from 'vitest';
import { courseImages } from '@/course/images';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';

const world: WorldFile = {
  name: 'one-node',
  lan: '10.1.0.0/24',
  podCIDR: '172.16.0.0/16',
  nodes: [{ name: '10.1.0.55', internalIP: '10.1.0.55', interface: 'eth0', podCIDR: '172.16.0.0/25' }],
};

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'nginx', namespace: 'default' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'nginx' } },
    template: {
      metadata: { labels: { app: 'nginx' } },
      spec: { hostNetwork: true, containers: [{ image: 'nginx:alpine', name: 'nginx' }] },
    },
  },
};

const minute = 60_000;

function crashing(cluster: Cluster): Pod {
  const pod = cluster
    .client()
    .list('pods')
    .find((one) => (one.status.containerStatuses?.[0]?.restartCount ?? 0) > 0);
  if (!pod) throw new Error('no Pod has restarted');
  return pod;
}

describe('two host-network Pods that want one port', () => {
  const cluster = new Cluster(world, { images: courseImages() });
  const client = cluster.client();
  const created = client.create('deployments.apps', deployment);
  cluster.advance(23 * minute);
  client.patch('deployments.apps', 'default', 'nginx', { spec: { replicas: 2 } });
  const scaledAt = cluster.clock.now;
  cluster.advance(44 * minute);

  it('accepts the Deployment and runs the first Pod at the address of its node', () => {
    expect(created.ok).toBe(true);
    const first = client.list('pods').find((pod) => pod.status.containerStatuses?.[0]?.restartCount === 0);
    expect(first?.status).toMatchObject({ phase: 'Running', podIP: '10.1.0.55', hostIP: '10.1.0.55' });
    expect(first?.status.containerStatuses?.[0]?.ready).toBe(true);
  });

  it('has restarted the second thirteen times 44 minutes after it came, because the back-off says so', () => {
    const status = crashing(cluster).status.containerStatuses?.[0];
    expect(status?.restartCount).toBe(13);
    expect(status?.state?.waiting?.reason).toBe('CrashLoopBackOff');
    expect(status?.state?.waiting?.message).toMatch(/^back-off 5m0s restarting failed container=nginx pod=nginx-/);
    expect(status?.lastState?.terminated).toMatchObject({ exitCode: 1, reason: 'Error' });
  });

  it('waits 0, 10, 20, 40 … 300 s after each exit, and then for the next sync', () => {
    const other = new Cluster(world, { images: courseImages() });
    other.client().create('deployments.apps', { ...deployment, spec: { ...deployment.spec, replicas: 2 } });
    const starts = new Map<number, number>();
    while (other.clock.now < 20 * minute && other.step()) {
      for (const pod of other.client().list('pods')) {
        const count = pod.status.containerStatuses?.[0]?.restartCount ?? 0;
        if (count > 0 && !starts.has(count)) starts.set(count, other.clock.now);
      }
    }
    const times = [...starts.values()];
    const gaps = times.slice(1).map((time, i) => (time - (times[i] ?? 0)) / 1000);
    const waits = [10, 20, 40, 80, 160, 300];
    for (const [i, wait] of waits.entries()) {
      expect(gaps[i]).toBeGreaterThanOrEqual(wait);
      expect(gaps[i]).toBeLessThan(wait * 1.5 + 5);
    }
  });

  it('writes what nginx says in an Alpine image, one time stamp for all five rounds', () => {
    const runtime = cluster.runtimes.get('10.1.0.55');
    const id = crashing(cluster).status.containerStatuses?.[0]?.lastState?.terminated?.containerID ?? '';
    const lines = runtime?.logs.get(id.replace('containerd://', ''))?.lines.map((line) => line.text) ?? [];
    expect(lines[0]).toBe(
      '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
    );
    const failures = lines.filter((line) => line.includes('[emerg]') && line.includes('bind() to'));
    expect(failures).toHaveLength(20);
    expect(failures[1]).toBe('nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address in use)');
    expect(failures[3]).toBe('nginx: [emerg] bind() to [::]:80 failed (98: Address in use)');
    const stamps = new Set(lines.flatMap((line) => /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/.exec(line) ?? []));
    expect(stamps.size).toBe(1);
    expect(lines.at(-1)).toBe('nginx: [emerg] still could not bind()');
  });

  it('tells the story in events', () => {
    const pod = crashing(cluster);
    const events = client.list('events').filter((event) => event.involvedObject.name === pod.metadata.name);
    const texts = events.map((event) => `${event.type} ${event.reason} ${event.message}`);
    expect(texts).toContain('Normal Created Container created');
    expect(texts).toContain('Normal Started Container started');
    expect(texts).toContain(
      `Warning BackOff Back-off restarting failed container nginx in pod ${pod.metadata.name}_default(${pod.metadata.uid ?? ''})`,
    );
    expect(cluster.clock.now - scaledAt).toBe(44 * minute);
  });
});
