import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import type { Container, Pod, PodSpec } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import { reportedResources } from '@/kubernetes/kubelet/pod-resources';
import type { WorldFile } from '@/kubernetes/world';

// pkg/kubelet/kubelet_pods.go `convertToAPIPodLevelResourcesStatus`; literal values as a node with cgroups v1 wrote them.
const container = (resources: Container['resources'], name = 'main'): Container => ({
  name,
  image: 'app:1',
  resources,
});

function pod(phase: string, spec: Partial<PodSpec>): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-05T09:00:00Z' },
    spec: { containers: [container({})], ...spec },
    status: { phase },
  };
}

describe('resources in the status of a Pod', () => {
  it('are those that were allocated to it until it runs', () => {
    const containers = [
      container({ requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } }),
      container({ requests: { cpu: '150m' } }, 'second'),
    ];
    expect(reportedResources(pod('Pending', { containers }), 'v2')).toEqual({
      allocatedResources: { cpu: '250m', memory: '64Mi' },
      resources: { requests: { cpu: '250m', memory: '64Mi' }, limits: { memory: '128Mi' } },
    });
    expect(reportedResources(pod('Pending', {}), 'v1')).toEqual({ resources: {} });
  });

  it('are read from its cgroups then, where v1 knows no unlimited memory', () => {
    expect(reportedResources(pod('Running', {}), 'v1')).toEqual({
      resources: { limits: { memory: '9007199254740988Ki' } },
    });
    expect(reportedResources(pod('Running', {}), 'v2')).toEqual({ resources: {} });
  });

  it('lose in the weights of v2 what shares of v1 keep', () => {
    const containers = [container({ requests: { cpu: '100m' } })];
    expect(reportedResources(pod('Running', { containers }), 'v1').resources.requests).toEqual({ cpu: '100m' });
    expect(reportedResources(pod('Running', { containers }), 'v2').resources.requests).toEqual({ cpu: '79m' });
  });

  it('name what only some containers are limited to as it was told before the Pod ran', () => {
    const limits = { cpu: '500m', memory: '64Mi' };
    const all = pod('Running', { containers: [container({ limits }), container({ limits }, 'second')] });
    expect(reportedResources(all, 'v2').resources.limits).toEqual({ cpu: '1', memory: '128Mi' });
    const one = pod('Running', { containers: [container({ limits }), container({}, 'second')] });
    expect(reportedResources(one, 'v2').resources.limits).toEqual(limits);
    // A cgroup of v1 knows a number where nothing limits memory.
    expect(reportedResources(one, 'v1').resources.limits).toEqual({ cpu: '500m', memory: '9007199254740988Ki' });
  });

  it('count what the start needs, and the overhead', () => {
    const spec = {
      containers: [container({ requests: { memory: '64Mi' } })],
      initContainers: [container({ requests: { memory: '256Mi' } }, 'init')],
      overhead: { cpu: '50m', memory: '16Mi' },
    };
    expect(reportedResources(pod('Pending', spec), 'v2').allocatedResources).toEqual({ cpu: '50m', memory: '272Mi' });
  });
});

const world: WorldFile = {
  name: 'one-node',
  cgroups: 'v1',
  registry: 'unreachable',
  preloadedImages: ['nginx:1.25'],
  nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }],
};

function run(cluster: Cluster, image: string): void {
  const spec = { nodeName: 'node1', containers: [{ name: 'main', image }] };
  const result = cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec,
  });
  if (!result.ok) throw new Error(result.status.message);
}

const stored = (cluster: Cluster): Pod | undefined => cluster.client().get('pods', 'default', 'web');

describe('a kubelet', () => {
  it('reads the cgroups of a running Pod at its next sync only, a minute or more later', () => {
    const cluster = simulate(world);
    run(cluster, 'nginx:1.25');
    cluster.advance(30_000);
    expect(stored(cluster)?.status).toMatchObject({ phase: 'Running', resources: {} });
    expect(stored(cluster)?.status.resources?.limits).toBeUndefined();
    cluster.advance(65_000);
    expect(stored(cluster)?.status.resources?.limits).toEqual({ memory: '9007199254740988Ki' });
  });

  it('does not report them before 1.36', () => {
    const cluster = simulate({ ...world, kubernetes: '1.35' });
    run(cluster, 'nginx:1.25');
    cluster.advance(95_000);
    expect(stored(cluster)?.status.resources).toBeUndefined();
  });

  // pkg/kubelet/kubelet.go `OnPodSandboxReady`
  it.each([
    { kubernetes: '1.36', told: ['False', 'True'] },
    { kubernetes: '1.35', told: ['False'] },
  ] as const)('of $kubernetes tells while it pulls whether the sandbox is ready: $told', ({ kubernetes, told }) => {
    const cluster = simulate({ ...world, kubernetes, registry: 'open', latency: { imagePull: 5000 } });
    run(cluster, 'redis:7');
    const seen: string[] = [];
    const until = cluster.clock.now + 4000;
    while (cluster.clock.now < until && cluster.step()) {
      const { conditions } = stored(cluster)?.status ?? {};
      const status = conditions?.find((one) => one.type === 'PodReadyToStartContainers')?.status;
      if (status && seen.at(-1) !== status) seen.push(status);
    }
    expect(seen).toEqual(told);
  });
});
