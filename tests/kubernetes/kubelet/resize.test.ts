import { describe, expect, it } from 'vitest';
import type { Pod, ResourceRequirements } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import { effectiveSpec } from '@/kubernetes/placement/effective-spec';
import { events, oneNode, pod, run } from './play';

const sleeps = { image: 'busybox:1.36', command: ['sh', '-c', 'sleep 3600'] };
const small: ResourceRequirements = {
  requests: { cpu: '100m', memory: '64Mi' },
  limits: { cpu: '200m', memory: '128Mi' },
};

/** A node of 2 CPUs with the Pod `web` on it, which runs. */
function playing(): Cluster {
  const cluster = oneNode({
    nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24', capacity: { cpu: '2' } }],
  });
  run(cluster, 'web', {
    ...sleeps,
    resources: small,
    resizePolicy: [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }],
  });
  cluster.advance(10_000);
  return cluster;
}

function resize(cluster: Cluster, name: string, resources: ResourceRequirements): number {
  const body = { spec: { containers: [{ name: 'main', resources }] } };
  return cluster.api.handle({
    verb: 'patch',
    group: '',
    version: 'v1',
    resource: 'pods',
    subresource: 'resize',
    namespace: 'default',
    name,
    patchType: 'strategic',
    body,
    user: 'kubernetes-admin',
  }).code;
}

const main = (cluster: Cluster) => pod(cluster, 'web').status.containerStatuses?.[0];
const condition = (cluster: Cluster, type: string) =>
  pod(cluster, 'web').status.conditions?.find((one) => one.type === type);
const told = (cluster: Cluster) => events(cluster, 'web').filter((text) => / Resize|resize requires/.test(text));

// pkg/kubelet/allocation/allocation_manager.go, pkg/kubelet/events/resize.go; texts as a real node told them.
describe('a resize', () => {
  it('gives a running container its CPU at once', () => {
    const cluster = playing();
    expect(resize(cluster, 'web', { requests: { cpu: '150m' }, limits: { cpu: '300m' } })).toBe(200);
    cluster.advance(5000);
    expect(main(cluster)).toMatchObject({
      restartCount: 0,
      allocatedResources: { cpu: '150m', memory: '64Mi' },
      resources: { requests: { cpu: '150m', memory: '64Mi' }, limits: { cpu: '300m', memory: '128Mi' } },
    });
    expect(pod(cluster, 'web').status.observedGeneration).toBe(2);
    expect(condition(cluster, 'PodResizeInProgress')).toBeUndefined();
    const resources =
      '{"containers":[{"name":"main","resources":{"limits":{"cpu":"300m","memory":"128Mi"},"requests":{"cpu":"150m","memory":"64Mi"}}}],"generation":2}';
    expect(told(cluster)).toEqual([
      `Normal ResizeStarted Pod resize started: ${resources}`,
      `Normal ResizeCompleted Pod resize completed: ${resources}`,
    ]);
  });

  it('starts a container anew where its policy says so', () => {
    const cluster = playing();
    resize(cluster, 'web', { requests: { memory: '100Mi' }, limits: { memory: '200Mi' } });
    cluster.advance(3000);
    expect(condition(cluster, 'PodResizeInProgress')).toMatchObject({ status: 'True', observedGeneration: 2 });
    cluster.advance(40_000);
    expect(main(cluster)).toMatchObject({
      restartCount: 1,
      resources: { requests: { cpu: '100m', memory: '100Mi' }, limits: { cpu: '200m', memory: '200Mi' } },
    });
    expect(told(cluster)[1]).toBe('Normal Killing Container main resize requires restart');
    expect(condition(cluster, 'PodResizeInProgress')).toBeUndefined();
  });

  it('waits until there is room for it', () => {
    const cluster = playing();
    run(cluster, 'other', { ...sleeps, resources: { requests: { cpu: '1500m' } } });
    cluster.advance(10_000);
    resize(cluster, 'web', { requests: { cpu: '1' }, limits: { cpu: '1' } });
    cluster.advance(3000);
    const message = "Node didn't have enough resource: cpu, requested: 1000, used: 1500, capacity: 2000";
    expect(condition(cluster, 'PodResizePending')).toMatchObject({
      status: 'True',
      reason: 'Deferred',
      message,
      observedGeneration: 2,
    });
    expect(main(cluster)?.allocatedResources).toEqual({ cpu: '100m', memory: '64Mi' });
    expect(told(cluster)).toEqual([
      `Warning ResizeDeferred Pod resize OutOfcpu: {"containers":[{"name":"main","resources":{"limits":{"cpu":"1","memory":"128Mi"},"requests":{"cpu":"1","memory":"64Mi"}}}],"generation":2,"error":"${message}"}`,
    ]);
    cluster.client().delete('pods', 'default', 'other', { gracePeriodSeconds: 1 });
    cluster.advance(10_000);
    expect(condition(cluster, 'PodResizePending')).toBeUndefined();
    expect(main(cluster)?.allocatedResources).toEqual({ cpu: '1', memory: '64Mi' });
  });

  it('that is taken back leaves nothing behind', () => {
    const cluster = playing();
    run(cluster, 'other', { ...sleeps, resources: { requests: { cpu: '1500m' } } });
    cluster.advance(10_000);
    resize(cluster, 'web', { requests: { cpu: '1' }, limits: { cpu: '1' } });
    cluster.advance(3000);
    resize(cluster, 'web', { requests: { cpu: '100m' }, limits: { cpu: '200m' } });
    cluster.advance(3000);
    expect(condition(cluster, 'PodResizePending')).toBeUndefined();
    expect(told(cluster)).toHaveLength(1);
  });

  // pkg/kubelet/kuberuntime/kuberuntime_manager.go `validateMemoryResizeAction`
  it('takes no memory away that is in use, and tries again', () => {
    const cluster = oneNode();
    run(cluster, 'web', { ...sleeps, resources: small });
    cluster.advance(10_000);
    const runtime = cluster.runtimes.get('node1');
    const record = runtime?.podContainers(pod(cluster, 'web').metadata.uid)[0];
    runtime?.usage.take(record?.pid ?? 0, 100 * 1024 ** 2);
    const used = record ? (runtime?.usage.memoryOf(record) ?? 0) : 0;
    resize(cluster, 'web', { requests: { memory: '32Mi' }, limits: { memory: '64Mi' } });
    cluster.advance(5000);
    const limit = 64 * 1024 ** 2;
    const message = `cannot decrease memory limits: [attempting to set pod memory limit (${limit}) below current usage (${used}), attempting to set container "main" memory limit (${limit}) below current usage (${used})]`;
    expect(condition(cluster, 'PodResizeInProgress')).toMatchObject({
      reason: 'Error',
      message,
      observedGeneration: 2,
    });
    expect(told(cluster)[1]?.startsWith('Warning ResizeError Pod resize error: {"containers":')).toBe(true);
    runtime?.kernel.takeMemory(record?.pid ?? 0, 0);
    cluster.advance(60_000);
    expect(condition(cluster, 'PodResizeInProgress')).toBeUndefined();
    expect(main(cluster)).toMatchObject({ restartCount: 0, resources: { limits: { memory: '64Mi' } } });
    expect(runtime?.container(record?.id ?? '')?.config.memoryLimit).toBe(limit);
  });

  it('is taken up by a kubelet that comes back', () => {
    const cluster = playing();
    cluster.stop('kubelet/node1');
    resize(cluster, 'web', { requests: { cpu: '150m' } });
    cluster.advance(1000);
    cluster.start('kubelet/node1');
    cluster.advance(5000);
    expect(main(cluster)?.resources?.requests?.cpu).toBe('150m');
  });
});

// staging/src/k8s.io/component-helpers/resource/helpers.go `determineEffectiveRequests`
it('counts the most of what is asked for, granted and in force', () => {
  const status = {
    phase: 'Running',
    containerStatuses: [
      { name: 'main', allocatedResources: { cpu: '2' }, resources: { requests: { cpu: '1', memory: '2Gi' } } },
    ],
  };
  const resized = (generation: number, conditions: unknown[] = []) =>
    effectiveSpec({
      metadata: { name: 'web', generation },
      spec: { containers: [{ name: 'main', resources: { requests: { cpu: '3', memory: '1Gi' } } }] },
      status: { ...status, conditions },
    } as unknown as Pod).containers[0]?.resources?.requests; // only what is looked at
  expect(resized(1)).toEqual({ cpu: '3', memory: '1Gi' });
  expect(resized(2)).toEqual({ cpu: '3', memory: '2Gi' });
  const infeasible = { type: 'PodResizePending', status: 'True', reason: 'Infeasible' };
  expect(resized(2, [infeasible])).toEqual({ cpu: '2', memory: '2Gi' });
});
