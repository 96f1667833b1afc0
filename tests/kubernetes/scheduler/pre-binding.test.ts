import { describe, expect, it } from 'vitest';
import type { Cluster } from '@/kubernetes/cluster';
import { create, fakeCluster } from '../controllers/fixture';

/** Pods whose claims wait for them. Upstream: pkg/scheduler/framework/plugins/volumebinding/binder.go */

function storageClass(cluster: Cluster, name: string, provisioner: string): void {
  cluster.client().create('storageclasses.storage.k8s.io', {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner,
    volumeBindingMode: 'WaitForFirstConsumer',
  });
}

function claim(cluster: Cluster, name: string, storage: string, storageClassName = 'local'): void {
  const spec = { storageClassName, accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } };
  create(cluster, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec });
}

function volume(cluster: Cluster, name: string, storage: string, node: string): void {
  const here = { key: 'kubernetes.io/hostname', operator: 'In', values: [node] };
  create(cluster, {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local',
      local: { path: `/mnt/${name}` },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [here] }] } },
    },
  });
}

function user(cluster: Cluster, ...claims: string[]): void {
  const volumes = claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }));
  const containers = [{ name: 'main', image: 'registry.example/web:1' }];
  create(cluster, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'user' }, spec: { containers, volumes } });
}

const podOf = (cluster: Cluster) => cluster.store.get('pods', 'default', 'user');
const boundTo = (cluster: Cluster, name: string) =>
  cluster.store.get('persistentvolumeclaims', 'default', name)?.spec.volumeName;

describe('before a Pod is bound', () => {
  it('its claims get volumes of its node; the Pod says where it is going and follows a second later', () => {
    const cluster = fakeCluster(2);
    storageClass(cluster, 'local', 'kubernetes.io/no-provisioner');
    claim(cluster, 'data', '1Gi');
    volume(cluster, 'disk', '5Gi', 'node-2');
    cluster.advance(1000);
    expect(boundTo(cluster, 'data')).toBeUndefined();
    user(cluster, 'data');
    cluster.advance(500);
    expect(podOf(cluster)?.status.nominatedNodeName).toBe('node-2');
    expect(podOf(cluster)?.spec.nodeName).toBeUndefined();
    expect(boundTo(cluster, 'data')).toBe('disk');
    const disk = cluster.store.get('persistentvolumes', undefined, 'disk');
    expect(disk?.metadata.annotations).toEqual({ 'pv.kubernetes.io/bound-by-controller': 'yes' });
    expect(disk?.status.phase).toBe('Bound');
    cluster.advance(600);
    expect(podOf(cluster)?.spec.nodeName).toBe('node-2');
    expect(podOf(cluster)?.status.nominatedNodeName).toBeUndefined();
  });

  it('small claims choose first, and the smallest volume that is large enough', () => {
    const cluster = fakeCluster(1);
    storageClass(cluster, 'local', 'kubernetes.io/no-provisioner');
    claim(cluster, 'large', '3Gi');
    claim(cluster, 'small', '1Gi');
    volume(cluster, 'five', '5Gi', 'node-1');
    volume(cluster, 'two', '2Gi', 'node-1');
    volume(cluster, 'nine', '9Gi', 'node-1');
    cluster.advance(1000);
    user(cluster, 'large', 'small');
    cluster.advance(2000);
    expect([boundTo(cluster, 'small'), boundTo(cluster, 'large')]).toEqual(['two', 'five']);
  });

  it('one volume serves one claim only', () => {
    const cluster = fakeCluster(1);
    storageClass(cluster, 'local', 'kubernetes.io/no-provisioner');
    claim(cluster, 'a', '1Gi');
    claim(cluster, 'b', '1Gi');
    volume(cluster, 'disk', '5Gi', 'node-1');
    cluster.advance(1000);
    user(cluster, 'a', 'b');
    cluster.advance(1000);
    expect(podOf(cluster)?.status.conditions?.[0]?.message).toMatch(
      /^0\/1 nodes are available: 1 node\(s\) didn't find available persistent volumes to bind\./,
    );
  });

  it('a claim that is to be provisioned is marked with the node, and given up after ten minutes', () => {
    const cluster = fakeCluster(1);
    storageClass(cluster, 'ext', 'example.com/disk');
    claim(cluster, 'data', '1Gi', 'ext');
    user(cluster, 'data');
    cluster.advance(1000);
    const marked = cluster.store.get('persistentvolumeclaims', 'default', 'data');
    expect(marked?.metadata.annotations?.['volume.kubernetes.io/selected-node']).toBe('node-1');
    cluster.advance(598_000);
    expect(podOf(cluster)?.status.conditions).toBeUndefined();
    cluster.advance(2500);
    expect(podOf(cluster)?.status.conditions?.[0]).toMatchObject({
      reason: 'SchedulerError',
      message: 'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded',
    });
  });
});
