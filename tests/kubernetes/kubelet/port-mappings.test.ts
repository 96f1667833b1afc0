import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import type { Pod, PodSpec } from '@/kubernetes/api/generated/core-v1';
import type { WorldFile } from '@/kubernetes/world';

const world: WorldFile = {
  name: 'one-node',
  latency: { sandbox: 100, watch: 0 },
  nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }],
};

/** Milliseconds until a Pod runs, and from its deletion until its status says that it has ended. */
function times(spec: Partial<PodSpec>): { up: number; down: number } {
  const cluster = simulate(world);
  const began = cluster.clock.now;
  const pod = (): Pod | undefined => cluster.client().get('pods', 'default', 'web');
  const until = (phase: string): number => {
    while (pod()?.status.phase !== phase && cluster.step());
    return cluster.clock.now;
  };
  cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: { nodeName: 'node1', containers: [{ name: 'main', image: 'demo/echo:1' }], ...spec },
  });
  const up = until('Running') - began;
  cluster.advance(10_000);
  const deleted = cluster.clock.now;
  cluster.client().delete('pods', 'default', 'web');
  return { up, down: until('Succeeded') - deleted };
}

const withPort = (port: { containerPort: number; hostPort?: number }) => ({
  containers: [{ name: 'main', image: 'demo/echo:1', ports: [port] }],
});

describe('the rules of a host port', () => {
  const plain = times({});

  it('take their time to be written and to be removed', () => {
    const mapped = times(withPort({ containerPort: 8080, hostPort: 80 }));
    expect(mapped.up - plain.up).toBe(150);
    expect(mapped.down - plain.down).toBe(150);
  });

  it('are none for a container port, and none on the host’s network', () => {
    expect(times(withPort({ containerPort: 8080 }))).toEqual(plain);
    const mapped = { hostNetwork: true, ...withPort({ containerPort: 8080, hostPort: 8080 }) };
    expect(times(mapped)).toEqual(times({ hostNetwork: true }));
  });

  it('or not, a Pod has not ended before its containers and its sandbox are stopped', () => {
    expect(plain.down).toBeGreaterThan(250);
  });

  // Real kubelets took 0.1 to 0.2 s with Pods on the host's network, 0.25 to 0.45 s with others.
  it('and the sandbox is sooner stopped where it has no network of its own', () => {
    const down = times({ hostNetwork: true }).down;
    expect(plain.down - down).toBe(140);
    expect(down).toBeGreaterThan(100);
  });
});
