import { describe, expect, it } from 'vitest';
import type { KubeObject } from '@/kubernetes/api/object';
import { create, fakeCluster } from './fixture';

const leases = 'leases.coordination.k8s.io';

describe('garbage collector', () => {
  it('is not told of renewals, and yet takes the Lease away with its owner', () => {
    const cluster = fakeCluster(1);
    const client = cluster.client();
    const owner = { apiVersion: 'v1', kind: 'Namespace', name: 'gone', uid: '' };
    const made = client.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'gone' },
      spec: {},
    });
    if (!made.ok) throw new Error(made.status.message);
    const created = client.create(leases, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name: 'kept',
        namespace: 'kube-node-lease',
        ownerReferences: [{ ...owner, uid: made.object.metadata.uid }],
      },
      spec: { holderIdentity: 'kept' },
    });
    if (!created.ok) throw new Error(created.status.message);
    cluster.advance(1000);
    let object: KubeObject = created.object;
    for (let i = 0; i < 3; i++) {
      const lease = cluster.store.get(leases, 'kube-node-lease', 'kept');
      if (!lease) throw new Error('the Lease is gone');
      const renewTime = `2026-01-05T09:00:0${i}.000000Z`;
      const renewed = client.update(leases, { ...lease, spec: { ...lease.spec, renewTime } });
      if (renewed.ok) object = renewed.object;
      cluster.advance(1000);
    }
    expect(object).toMatchObject({ spec: { renewTime: '2026-01-05T09:00:02.000000Z' } });
    client.delete('namespaces', undefined, 'gone');
    cluster.advance(60_000);
    expect(cluster.store.get(leases, 'kube-node-lease', 'kept')).toBeUndefined();
  });

  it('leaves alone what belongs to something of a kind that nobody knows', () => {
    const cluster = fakeCluster(1);
    const owner = { apiVersion: 'v1', kind: 'Widget', name: 'nowhere', uid: '11111111-2222-3333-4444-666666666666' };
    create(cluster, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'odd', ownerReferences: [owner] } });
    cluster.advance(60_000);
    expect(cluster.store.get('configmaps', 'default', 'odd')).toBeDefined();
  });

  it('lets a Pod of an owner that is not there be bound before it asks the API server for the owner', () => {
    const cluster = fakeCluster(1);
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'nowhere', uid: '11111111-2222-3333-4444-555555555555' };
    const containers = [{ name: 'main', image: 'registry.example/web:1' }];
    create(cluster, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'lost', ownerReferences: [owner] },
      spec: { containers },
    });
    cluster.advance(100);
    const lost = cluster.store.get('pods', 'default', 'lost');
    expect(lost?.spec.nodeName).toBe('node-1');
    expect(lost?.metadata.deletionTimestamp).toBeDefined();
  });

  // graph_builder.go `reportInvalidNamespaceOwnerRef`
  it('says that an owner is in another namespace, and deletes the dependent', () => {
    const cluster = fakeCluster(1);
    create(cluster, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'parent' } });
    cluster.advance(1000);
    const uid = cluster.store.get('configmaps', 'default', 'parent')?.metadata.uid ?? '';
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'parent', uid };
    cluster.client().create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'child', namespace: 'kube-public', ownerReferences: [owner] },
    });
    cluster.advance(1000);
    expect(cluster.store.get('configmaps', 'kube-public', 'child')).toBeUndefined();
    const said = cluster.store.list('events').filter(({ reason }) => reason === 'OwnerRefInvalidNamespace');
    expect(said.map(({ type, message, source }) => [type, source?.component, message])).toEqual([
      [
        'Warning',
        'garbage-collector-controller',
        `ownerRef [v1/ConfigMap, namespace: kube-public, name: parent, uid: ${uid}] does not exist in namespace "kube-public"`,
      ],
    ]);
  });
});
