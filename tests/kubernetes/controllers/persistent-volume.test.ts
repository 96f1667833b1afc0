import { describe, expect, it } from 'vitest';
import type { Cluster } from '@/kubernetes/cluster';
import { fakeCluster } from './fixture';

function claim(cluster: Cluster, name: string, spec: object = {}): void {
  cluster.client().create('persistentvolumeclaims', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
  });
}

function volume(cluster: Cluster, name: string, storage: string, spec: object = {}): void {
  cluster.client().create('persistentvolumes', {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: { capacity: { storage }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/data' }, ...spec },
    status: {},
  });
}

function storageClass(cluster: Cluster, name: string, provisioner: string, volumeBindingMode = 'Immediate'): void {
  const metadata = { name };
  const body = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata, provisioner, volumeBindingMode };
  cluster.client().create('storageclasses.storage.k8s.io', body);
}

/** `type reason: message (count)` of the events about a claim. */
function said(cluster: Cluster, name: string): string[] {
  return cluster
    .client()
    .list('events', 'default')
    .filter(({ involvedObject }) => involvedObject.kind === 'PersistentVolumeClaim' && involvedObject.name === name)
    .map(({ type, reason, message, count }) => `${type} ${reason}: ${message} (${count})`);
}

const claimOf = (cluster: Cluster, name: string) => cluster.client().get('persistentvolumeclaims', 'default', name);
const volumeOf = (cluster: Cluster, name: string) => cluster.client().get('persistentvolumes', undefined, name);

// pkg/controller/volume/persistentvolume/pv_controller.go; the texts were compared with a real v1.36.2 controller's
describe('a claim without a volume', () => {
  it('waits for one, and says so again every 15 s', () => {
    const cluster = fakeCluster(1);
    claim(cluster, 'data');
    const none = 'no persistent volumes available for this claim and no storage class is set';
    cluster.advance(500);
    expect(said(cluster, 'data')).toEqual([`Normal FailedBinding: ${none} (1)`]);
    cluster.advance(30_000);
    expect(said(cluster, 'data')).toEqual([`Normal FailedBinding: ${none} (3)`]);
    expect(claimOf(cluster, 'data')?.status?.phase).toBe('Pending');
  });

  it('misses its class, or waits for whoever provisions for it', () => {
    const cluster = fakeCluster(1);
    claim(cluster, 'lost', { storageClassName: 'slow' });
    storageClass(cluster, 'csi', 'example.com/disk');
    claim(cluster, 'csi', { storageClassName: 'csi' });
    cluster.advance(500);
    expect(said(cluster, 'lost')).toEqual([
      'Warning ProvisioningFailed: storageclass.storage.k8s.io "slow" not found (1)',
    ]);
    expect(said(cluster, 'csi')).toEqual([
      "Normal ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'example.com/disk' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered. (1)",
    ]);
    expect(claimOf(cluster, 'csi')?.metadata.annotations).toMatchObject({
      'volume.beta.kubernetes.io/storage-provisioner': 'example.com/disk',
      'volume.kubernetes.io/storage-provisioner': 'example.com/disk',
    });
  });

  it('waits for its first Pod, and then for that Pod to be scheduled', () => {
    const cluster = fakeCluster(1);
    storageClass(cluster, 'wait', 'kubernetes.io/no-provisioner', 'WaitForFirstConsumer');
    volume(cluster, 'vol', '2Gi', { storageClassName: 'wait', nodeAffinity: nobody });
    claim(cluster, 'data', { storageClassName: 'wait' });
    cluster.advance(500);
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
    const spec = { volumes, containers: [{ name: 'app', image: 'registry.example/web:1' }] };
    cluster.client().create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default' },
      spec,
    });
    cluster.advance(15_000);
    expect(said(cluster, 'data')).toEqual([
      'Normal WaitForFirstConsumer: waiting for first consumer to be created before binding (1)',
      'Normal WaitForPodScheduled: waiting for pod web to be scheduled (1)',
    ]);
  });
});

/** No node has such a name. */
const nobody = {
  required: {
    nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['nobody'] }] }],
  },
};

describe('a claim and a volume', () => {
  it('find each other: the smallest that is large enough, of the same class', () => {
    const cluster = fakeCluster(1);
    volume(cluster, 'small', '512Mi');
    volume(cluster, 'large', '5Gi');
    volume(cluster, 'right', '2Gi');
    volume(cluster, 'other', '1Gi', { storageClassName: 'fast' });
    cluster.advance(500);
    expect(volumeOf(cluster, 'right')?.status.phase).toBe('Available');
    claim(cluster, 'data');
    cluster.advance(500);
    expect(claimOf(cluster, 'data')).toMatchObject({
      metadata: {
        annotations: { 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' },
      },
      spec: { volumeName: 'right' },
      status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '2Gi' } },
    });
    expect(volumeOf(cluster, 'right')).toMatchObject({
      metadata: { annotations: { 'pv.kubernetes.io/bound-by-controller': 'yes' } },
      spec: { claimRef: { kind: 'PersistentVolumeClaim', name: 'data', namespace: 'default' } },
      status: { phase: 'Bound' },
    });
    expect(said(cluster, 'data')).toEqual([]);
  });

  it('stay together when the user has reserved the one for the other', () => {
    const cluster = fakeCluster(1);
    volume(cluster, 'mine', '5Gi', { claimRef: { name: 'data', namespace: 'default' } });
    volume(cluster, 'closer', '1Gi');
    cluster.advance(500);
    claim(cluster, 'data');
    claim(cluster, 'thief', { volumeName: 'mine' });
    cluster.advance(500);
    expect(claimOf(cluster, 'data')?.spec.volumeName).toBe('mine');
    expect(volumeOf(cluster, 'mine')?.metadata.annotations).toBeUndefined();
    expect(said(cluster, 'thief')).toEqual([
      'Warning FailedBinding: volume "mine" already bound to a different claim. (1)',
    ]);
  });

  it('part when the claim goes: the volume is released, and may be deleted then', () => {
    const cluster = fakeCluster(1);
    const client = cluster.client();
    volume(cluster, 'vol', '1Gi');
    claim(cluster, 'data');
    cluster.advance(16_000);
    client.delete('persistentvolumes', undefined, 'vol');
    cluster.advance(500);
    expect(volumeOf(cluster, 'vol')?.metadata.deletionTimestamp).toBeDefined();
    client.delete('persistentvolumeclaims', 'default', 'data');
    cluster.advance(500);
    expect(volumeOf(cluster, 'vol')).toBeUndefined();
  });
});

it('a claim is bound in four writes, and a Pod that comes with it is tried before they are done', () => {
  const cluster = fakeCluster(1);
  volume(cluster, 'disk', '1Gi');
  cluster.advance(1000);
  claim(cluster, 'data');
  cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'user', namespace: 'default' },
    spec: {
      containers: [{ name: 'main', image: 'registry.example/web:1' }],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    },
  });
  cluster.advance(4);
  expect([volumeOf(cluster, 'disk')?.spec.claimRef?.name, claimOf(cluster, 'data')?.spec.volumeName]).toEqual([
    'data',
    undefined,
  ]);
  cluster.advance(46);
  expect([volumeOf(cluster, 'disk')?.status.phase, claimOf(cluster, 'data')?.status?.phase]).toEqual([
    'Bound',
    'Bound',
  ]);
  cluster.advance(1000);
  expect(cluster.client().get('pods', 'default', 'user')?.spec.nodeName).toBe('node-1');
  const ofPod = cluster
    .client()
    .list('events', 'default')
    .filter(({ involvedObject }) => involvedObject.kind === 'Pod');
  expect(ofPod[0]?.message).toBe(
    '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
  );
});
