import { describe, expect, it } from 'vitest';
import type { KubeObject } from '@/kubernetes/api/object';
import { fakeCluster } from './fixture';

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
});
