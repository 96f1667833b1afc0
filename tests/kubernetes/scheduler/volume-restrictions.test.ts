import { describe, expect, it } from 'vitest';
import type { Volume } from '@/kubernetes/api/generated/core-v1';
import type { ObjectReader } from '@/kubernetes/scheduler/framework/snapshot';
import { attempt, cacheWith, node, noObjects, pod, reasons } from './objects';

const withVolume = (name: string, volume: Omit<Volume, 'name'>, priority = 0) =>
  pod(name, { spec: { priority, volumes: [{ name: 'data', ...volume }] } });
const iscsi = (readOnly: boolean) => ({
  iscsi: { targetPortal: '10.0.0.1', iqn: 'iqn.2020-01.com.example:a', lun: 0, readOnly },
});
const rbd = (monitors: string[], image = 'i') => ({ rbd: { monitors, image, pool: 'p' } });

// pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go
describe('disks that one node mounts once', () => {
  const noDisk = '0/1 nodes are available: 1 node(s) had no available disk';

  it.each([
    ['a GCE disk', { gcePersistentDisk: { pdName: 'd' } }, { gcePersistentDisk: { pdName: 'd', readOnly: true } }],
    ['an EBS volume', { awsElasticBlockStore: { volumeID: 'v' } }, { awsElasticBlockStore: { volumeID: 'v' } }],
    ['an iSCSI target', iscsi(true), iscsi(false)],
    ['an RBD image behind a common monitor', rbd(['a', 'b']), rbd(['b', 'c'])],
  ])('%s', (_, held, wanted) => {
    expect(reasons(cacheWith([node('n')], { n: [withVolume('old', held)] }), withVolume('web', wanted))).toBe(noDisk);
  });

  it.each([
    ['both read only', iscsi(true), iscsi(true)],
    ['another image', rbd(['a']), rbd(['a'], 'j')],
    ['no common monitor', rbd(['a']), rbd(['b'])],
  ])('do not conflict: %s', (_, held, wanted) => {
    expect(attempt(cacheWith([node('n')], { n: [withVolume('old', held)] }), withVolume('web', wanted))).toBe('n');
  });

  it('are given up by Pods of lower priority', () => {
    const cache = cacheWith([node('n')], { n: [withVolume('old', iscsi(false))] });
    expect(attempt(cache, withVolume('web', iscsi(false), 10))).toBe(`${noDisk}.`);
  });
});

describe('a claim for one Pod', () => {
  const claim = {
    metadata: { name: 'data', namespace: 'default', annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
    spec: { accessModes: ['ReadWriteOncePod'], volumeName: 'pv' },
    status: { phase: 'Bound' },
  };
  const volume = { metadata: { name: 'pv' }, spec: {} };
  const objects: ObjectReader = {
    ...noObjects,
    // The plugin reads claims and volumes only.
    get: ((resource: string) => (resource === 'persistentvolumes' ? volume : claim)) as unknown as ObjectReader['get'],
  };
  const user = (name: string, priority = 0) =>
    withVolume(name, { persistentVolumeClaim: { claimName: claim.metadata.name } }, priority);

  it('is in use wherever its user is', () => {
    const cache = cacheWith([node('a'), node('b')], { a: [user('old')] }, objects);
    expect(reasons(cache, user('web'))).toBe(
      '0/2 nodes are available: 2 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode ' +
        'already in-use by another pod',
    );
  });

  it('is freed by evicting one user, even where there are two', () => {
    const cache = cacheWith([node('a'), node('b')], { a: [user('old')], b: [user('older')] }, objects);
    expect(attempt(cache, user('web', 10))).not.toContain('preemption:');
  });
});
