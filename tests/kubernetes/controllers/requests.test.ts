import { describe, expect, it } from 'vitest';
import { create, fakeCluster, template } from './fixture';

const spec = (replicas: number) => ({ replicas, selector: { matchLabels: { app: 'web' } }, template: template() });

/** When Pods were written for the first time, in milliseconds since the first one, and their names. */
function creations(kind: string, more: object): { at: number[]; names: string[] } {
  const cluster = fakeCluster();
  const at: number[] = [];
  const names: string[] = [];
  cluster.store.watch(({ resource, type, object }) => {
    if (resource !== 'pods' || type !== 'ADDED') return;
    at.push(cluster.clock.now);
    names.push(object.metadata.name);
  });
  create(cluster, { apiVersion: 'apps/v1', kind, metadata: { name: 'web' }, spec: { ...spec(6), ...more } });
  cluster.advance(3000);
  return { at: at.map((time) => time - (at[0] ?? 0)), names };
}

// pkg/controller/replicaset/replica_set.go `slowStartBatch`: a batch begins when the one before is answered
describe('the requests of one sync', () => {
  it('are as far apart as answers take; those of a batch are made at once', () => {
    expect(creations('ReplicaSet', {}).at).toEqual([0, 5, 5, 10, 10, 10]);
  });

  it('reach the server with the last of a batch in front', () => {
    const { names } = creations('StatefulSet', { serviceName: 'web', podManagementPolicy: 'Parallel' });
    expect(names).toEqual(['web-0', 'web-2', 'web-1', 'web-5', 'web-3', 'web-4']);
  });

  it('take longer where the world says so', () => {
    const cluster = fakeCluster(3, [], { request: 40 });
    const at: number[] = [];
    cluster.store.watch(({ resource, type }) => {
      if (resource === 'pods' && type === 'ADDED') at.push(cluster.clock.now);
    });
    create(cluster, { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web' }, spec: spec(3) });
    cluster.advance(3000);
    expect(at.map((time) => time - (at[0] ?? 0))).toEqual([0, 40, 40]);
  });

  it('are forgotten by a controller that is started anew: it looks at what is there', () => {
    const cluster = fakeCluster();
    create(cluster, { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web' }, spec: spec(6) });
    while (cluster.store.list('pods').length < 3) cluster.step();
    cluster.stop('replicaset-controller');
    cluster.advance(1000);
    expect(cluster.store.list('pods')).toHaveLength(3);
    cluster.start('replicaset-controller');
    cluster.advance(3000);
    expect(cluster.store.list('pods')).toHaveLength(6);
  });
});
