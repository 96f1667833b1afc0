import { describe, expect, it } from 'vitest';
import type { ObjectReader } from '@/kubernetes/scheduler/framework/snapshot';
import { PodInfo } from '@/kubernetes/scheduler/framework/pod-info';
import { nodeVolumeLimits } from '@/kubernetes/scheduler/plugins/volume/node-volume-limits';
import { attempt, cacheWith, node, pod, reasons } from './objects';

const driver = 'csi.example';
const claim = (name: string) => ({
  metadata: { name, namespace: 'default', annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
  spec: { accessModes: ['ReadWriteOnce'], volumeName: `pv-${name}` },
  status: { phase: 'Bound' },
});
const volume = (name: string) => ({ metadata: { name }, spec: { csi: { driver, volumeHandle: name } } });
const csiNode = (count?: number) => ({
  metadata: { name: 'n' },
  spec: { drivers: [{ name: driver, nodeID: 'n', ...(count === undefined ? {} : { allocatable: { count } }) }] },
});

/** Claims `a`, `b`, `c`, each with a volume of the driver, and a node that takes so many. */
function objects(count?: number, attached: readonly string[] = []): ObjectReader {
  const get = (resource: string, _: unknown, name: string) => {
    if (resource === 'persistentvolumeclaims') return claim(name);
    if (resource === 'persistentvolumes') return volume(name);
    return resource === 'csinodes.storage.k8s.io' ? csiNode(count) : undefined;
  };
  const attachments = attached.map((name) => ({
    metadata: { name },
    spec: { attacher: driver, nodeName: 'n', source: { persistentVolumeName: name } },
  }));
  const list = (resource: string) => (resource === 'volumeattachments.storage.k8s.io' ? attachments : []);
  // The plugins read nothing else of these objects.
  return { get, list } as unknown as ObjectReader;
}

const user = (name: string, ...claims: string[]) =>
  pod(name, {
    spec: { volumes: claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } })) },
  });

// pkg/scheduler/framework/plugins/nodevolumelimits/csi.go
describe('the volumes that a node can attach', () => {
  const full = '0/1 nodes are available: 1 node(s) exceed max volume count';

  it('are as many as its CSINode says', () => {
    const bound = { n: [user('old', 'a')] };
    expect(reasons(cacheWith([node('n')], bound, objects(1)), user('web', 'b'))).toBe(full);
    expect(attempt(cacheWith([node('n')], bound, objects(2)), user('web', 'b'))).toBe('n');
    expect(attempt(cacheWith([node('n')], bound, objects()), user('web', 'b'))).toBe('n');
  });

  it('count once, however many Pods use them', () => {
    expect(attempt(cacheWith([node('n')], { n: [user('old', 'a')] }, objects(1)), user('web', 'a'))).toBe('n');
  });

  it('count also where no Pod uses them any more', () => {
    expect(reasons(cacheWith([node('n')], {}, objects(1, ['pv-c'])), user('web', 'b'))).toBe(full);
  });

  it('become free when a Pod of lower priority goes', () => {
    const cache = cacheWith([node('n')], { n: [user('old', 'a')] }, objects(1));
    const important = user('web', 'b');
    const incoming = { ...important, spec: { ...important.spec, priority: 10 } };
    expect(attempt(cache, incoming)).toBe(`${full}.`);
  });

  it('wake those who wait when a CSINode offers more', () => {
    const hint = nodeVolumeLimits.events?.find(({ actions }) => actions.includes('Update'))?.hint;
    const event = (before: number, after: number) =>
      ({ source: 'CSINode', action: 'Update', label: '', old: csiNode(before), new: csiNode(after) }) as never;
    expect(hint?.(new PodInfo(user('web', 'a')), event(1, 2))).toBe(true);
    expect(hint?.(new PodInfo(user('web', 'a')), event(2, 2))).toBe(false);
  });
});
