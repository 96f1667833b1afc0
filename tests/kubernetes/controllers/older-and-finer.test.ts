import { describe, expect, it } from 'vitest';
import { create, events, fakeCluster, livePods, template } from './fixture';

describe('ReplicationControllers', () => {
  it('keep their Pods like ReplicaSets, under their own name', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    const spec = { replicas: 2, selector: { app: 'web' }, template: template() };
    create(cluster, { apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'web' }, spec });
    cluster.advance(3000);
    const names = livePods(client).map(({ metadata }) => metadata.name);
    expect(events(client, 'ReplicationController').sort()).toEqual(
      names.map((name) => `SuccessfulCreate: Created pod: ${name}`).sort(),
    );
    const stored = client.get('replicationcontrollers', 'default', 'web');
    expect(stored?.status).toEqual({
      replicas: 2,
      fullyLabeledReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      observedGeneration: 1,
    });
  });
});

describe('a Job with a success policy', () => {
  it('ends early, and what still runs does not count as failed', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    const spec = {
      completions: 4,
      parallelism: 4,
      completionMode: 'Indexed',
      successPolicy: { rules: [{ succeededCount: 1 }] },
      template: template('registry.example/work:long', { restartPolicy: 'Never' }),
    };
    create(cluster, { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once' }, spec });
    cluster.advance(2000);
    const [first] = livePods(client);
    if (!first) throw new Error('no Pod was made');
    client.updateStatus('pods', { ...first, status: { ...first.status, phase: 'Succeeded' } });
    cluster.advance(5000);
    const { status } = client.get('jobs.batch', 'default', 'once') ?? {};
    expect(status?.conditions?.map(({ type, message }) => `${type}: ${message ?? ''}`)).toEqual([
      'SuccessCriteriaMet: Matched rules at index 0',
      'Complete: Matched rules at index 0',
    ]);
    expect([status?.succeeded, status?.failed]).toEqual([1, undefined]);
  });
});

describe('claims of a StatefulSet', () => {
  const claims = [
    {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  ];
  const set = (policy: object) => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: {
      replicas: 1,
      serviceName: 'db',
      selector: { matchLabels: { app: 'web' } },
      template: template(),
      volumeClaimTemplates: claims,
      persistentVolumeClaimRetentionPolicy: policy,
    },
  });

  it.each([
    [{ whenDeleted: 'Delete', whenScaled: 'Retain' }, 0],
    [{ whenDeleted: 'Retain', whenScaled: 'Retain' }, 1],
  ])('go with it or stay, as %j says', (policy, left) => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, set(policy));
    cluster.advance(3000);
    expect(client.list('persistentvolumeclaims', 'default')).toHaveLength(1);
    client.delete('statefulsets.apps', 'default', 'db');
    cluster.advance(5000);
    expect(client.list('persistentvolumeclaims', 'default')).toHaveLength(left);
  });

  // stateful_set_utils.go `addControllerRef`
  it('name the set as the controller that may not go before them', () => {
    const cluster = fakeCluster();
    create(cluster, set({ whenDeleted: 'Delete', whenScaled: 'Retain' }));
    cluster.advance(3000);
    const uid = cluster.client().get('statefulsets.apps', 'default', 'db')?.metadata.uid;
    expect(cluster.client().list('persistentvolumeclaims', 'default')[0]?.metadata.ownerReferences).toEqual([
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid, controller: true, blockOwnerDeletion: true },
    ]);
  });
});
