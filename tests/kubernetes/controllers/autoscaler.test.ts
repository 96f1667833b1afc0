import { describe, expect, it } from 'vitest';
import { create, deployment, events, fakeCluster, web } from './fixture';

function autoscaler(target: object, spec: object): object {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', ...target }, ...spec },
  };
}

const unread =
  'failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)';

describe('the controller of HorizontalPodAutoscalers', () => {
  it('waits 15 s, then says that no metric can be read', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, deployment({ replicas: 3 }));
    create(cluster, autoscaler({}, { maxReplicas: 5 }));
    cluster.advance(14_900);
    expect(events(client, 'HorizontalPodAutoscaler')).toEqual([]);
    cluster.advance(1000);
    expect(events(client, 'HorizontalPodAutoscaler')).toEqual([
      `FailedGetResourceMetric: ${unread}`,
      `FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: ${unread}`,
    ]);
    const { status } = client.get('horizontalpodautoscalers.autoscaling', 'default', 'web') ?? {};
    expect(status?.currentReplicas).toBe(3);
    expect(status?.conditions?.map(({ type, reason }) => `${type} ${reason ?? ''}`)).toEqual([
      'AbleToScale SucceededGetScale',
      'ScalingActive FailedGetResourceMetric',
    ]);
  });

  it.each([
    [{ maxReplicas: 2 }, 2, 'New size: 2; reason: Current number of replicas above Spec.MaxReplicas'],
    [{ minReplicas: 4, maxReplicas: 9 }, 4, 'New size: 4; reason: Current number of replicas below Spec.MinReplicas'],
  ])('brings the size between the bounds %j', (bounds, size, text) => {
    const cluster = fakeCluster();
    create(cluster, deployment({ replicas: 3 }));
    create(cluster, autoscaler({}, bounds));
    cluster.advance(16_000);
    expect(web(cluster.client()).spec.replicas).toBe(size);
    expect(events(cluster.client(), 'HorizontalPodAutoscaler')).toEqual([`SuccessfulRescale: ${text}`]);
  });

  it.each([
    [{ name: 'nobody' }, 'deployments.apps "nobody" not found'],
    [{ kind: 'Thing' }, 'no matches for kind "Thing" in group "apps"'],
  ])('says what it cannot find: %j', (target, text) => {
    const cluster = fakeCluster();
    create(cluster, autoscaler(target, { maxReplicas: 2 }));
    cluster.advance(16_000);
    expect(events(cluster.client(), 'HorizontalPodAutoscaler')).toEqual([`FailedGetScale: ${text}`]);
  });
});
