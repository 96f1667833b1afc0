import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionOf } from '@/kubernetes/controllers/conditions';
import { resolveFenceposts } from '@/kubernetes/controllers/deployment/rolling';
import { create, deployment, events, fakeCluster, livePods, setImage, template, web } from './fixture';

describe('maxSurge and maxUnavailable', () => {
  it.each([
    [1, 1, 0],
    [2, 1, 0],
    [3, 1, 0],
    [4, 1, 1],
    [5, 2, 1],
    [7, 2, 1],
    [8, 2, 2],
    [10, 3, 2],
  ])('25 %% of %i is %i up and %i down', (replicas, surge, unavailable) => {
    expect(resolveFenceposts('25%', '25%', replicas)).toEqual({ surge, unavailable });
  });

  it('lets one Pod be missing when both round to nothing', () => {
    expect(resolveFenceposts(0, '25%', 3)).toEqual({ surge: 0, unavailable: 1 });
    expect(resolveFenceposts('0%', '0%', 3)).toEqual({ surge: 0, unavailable: 1 });
  });

  it('never leaves a rollout without room', () => {
    const percent = fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`);
    fc.assert(
      fc.property(percent, percent, fc.integer({ min: 0, max: 500 }), (surge, unavailable, replicas) => {
        const fence = resolveFenceposts(surge, unavailable, replicas);
        expect(fence.surge + fence.unavailable).toBeGreaterThan(0);
      }),
    );
  });
});

/** Three replicas with a host port on three nodes get a new image; how far they come in 60 s. */
function rollout(maxSurge: number | string, maxUnavailable: number | string, nodes = 3, replicas = 3) {
  const cluster = fakeCluster(nodes);
  const client = cluster.client();
  const strategy = { rollingUpdate: { maxSurge, maxUnavailable } };
  create(
    cluster,
    deployment({
      replicas,
      strategy,
      progressDeadlineSeconds: 10,
      template: template('registry.example/web:1', {}, { hostPort: 8080 }),
    }),
  );
  cluster.advance(5000);
  setImage(client, 'registry.example/web:2');
  cluster.advance(60_000);
  return { cluster, client };
}

describe('a rolling update of Pods with a host port on every node', () => {
  it.each([
    [1, 0],
    [1, '25%'],
    ['25%', 0],
    ['25%', '25%'],
    ['100%', 0],
  ])('is stuck with maxSurge %s, maxUnavailable %s', (surge, unavailable) => {
    const { client } = rollout(surge, unavailable);
    const progressing = conditionOf(web(client).status.conditions, 'Progressing');
    expect(progressing).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded' });
    expect(progressing?.message).toMatch(/^ReplicaSet "web-[a-z0-9]+" has timed out progressing\.$/);
    expect(web(client).status).toMatchObject({ availableReplicas: 3, unavailableReplicas: surge === '100%' ? 3 : 1 });
  });

  it.each([
    [0, 1],
    [0, 2],
    [0, 3],
    [0, '25%'],
    [1, 1],
    [1, 2],
    ['25%', 1],
  ])('passes with maxSurge %s, maxUnavailable %s', (surge, unavailable) => {
    const { client } = rollout(surge, unavailable);
    expect(conditionOf(web(client).status.conditions, 'Progressing')?.reason).toBe('NewReplicaSetAvailable');
    expect(web(client).status).toMatchObject({ replicas: 3, updatedReplicas: 3, availableReplicas: 3 });
    expect(
      livePods(client)
        .map((pod) => pod.spec.nodeName)
        .sort(),
    ).toEqual(['node-1', 'node-2', 'node-3']);
  });

  it('passes by default with four replicas on four nodes', () => {
    const { client } = rollout('25%', '25%', 4, 4);
    expect(web(client).status).toMatchObject({ updatedReplicas: 4, availableReplicas: 4 });
  });

  it('says why it is stuck', () => {
    const { cluster } = rollout(1, 0);
    const decision = cluster.decisions.find((one) => one.component === 'deployment-controller');
    expect(decision?.verdict).toContain('no progress for 10 s');
    expect(decision?.because.map((fact) => fact.text)).toContainEqual(
      '3 replicas are wanted; 1 more may exist (maxSurge) and 0 may be missing (maxUnavailable)',
    );
  });
});

describe('a Deployment', () => {
  it('says what it scales', () => {
    const { client } = rollout(0, 1);
    const scaled = events(client, 'Deployment').map((text) => text.replace(/web-[a-z0-9]+/, 'RS'));
    expect(scaled).toEqual([
      'ScalingReplicaSet: Scaled up replica set RS from 0 to 3',
      'ScalingReplicaSet: Scaled down replica set RS from 3 to 2',
      'ScalingReplicaSet: Scaled up replica set RS from 0 to 1',
      'ScalingReplicaSet: Scaled down replica set RS from 2 to 1',
      'ScalingReplicaSet: Scaled up replica set RS from 1 to 2',
      'ScalingReplicaSet: Scaled down replica set RS from 1 to 0',
      'ScalingReplicaSet: Scaled up replica set RS from 2 to 3',
    ]);
  });

  it('with Recreate frees the host ports first', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    const spec = { replicas: 3, strategy: { type: 'Recreate' }, template: template(undefined, {}, { hostPort: 8080 }) };
    create(cluster, deployment(spec));
    cluster.advance(5000);
    setImage(client, 'registry.example/web:2');
    cluster.advance(300);
    expect(livePods(client)).toHaveLength(0);
    cluster.advance(10_000);
    expect(web(client).status).toMatchObject({ updatedReplicas: 3, availableReplicas: 3 });
  });

  it('numbers its revisions and keeps as many as it may', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, deployment({ replicas: 1, revisionHistoryLimit: 1 }));
    cluster.advance(5000);
    for (const version of [2, 3, 4]) {
      setImage(client, `registry.example/web:${version}`);
      cluster.advance(10_000);
    }
    expect(web(client).metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('4');
    const revisions = client
      .list('replicasets.apps', 'default')
      .map((set) => set.metadata.annotations?.['deployment.kubernetes.io/revision']);
    expect(revisions.sort()).toEqual(['3', '4']);
  });
});

describe('a change of size in the middle of a rollout', () => {
  // Seen so with a real v1.36.2 controller manager: 8 + 5 Pods, then 11 + 7, then 4 + 5.
  it('gives every ReplicaSet its share and keeps what is available', () => {
    const cluster = fakeCluster(3);
    const client = cluster.client();
    const sizes = () => client.list('replicasets.apps', 'default').map(({ spec }) => spec.replicas);
    create(cluster, deployment({ replicas: 10, strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } } }));
    cluster.advance(3000);
    setImage(client, 'registry.example/never:2');
    cluster.advance(4000);
    expect(sizes().sort()).toEqual([5, 8]);
    client.patch('deployments.apps', 'default', 'web', { spec: { replicas: 15 } });
    cluster.advance(4000);
    expect(sizes().sort()).toEqual([11, 7]);
    client.patch('deployments.apps', 'default', 'web', { spec: { replicas: 6 } });
    cluster.advance(4000);
    // Six Pods are deleted at once, so the ReplicaSet says what is left before the Deployment looks again.
    expect(sizes().sort()).toEqual([4, 5]);
    expect(web(client).status).toMatchObject({ availableReplicas: 4, updatedReplicas: 5 });
  });
});
