import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { courseImages } from '@/course/images';

// staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go `updateForGracefulDeletionAndFinalizers`
describe('the deletion of a Pod with no grace period left', () => {
  function watched(nodeName: string | undefined, grace: number | undefined): string[] {
    const cluster = new Cluster(
      {
        name: 'one-node',
        nodes: [{ name: 'node1', internalIP: '10.0.0.11' }],
        kubelet: 'fake',
        without: ['kube-scheduler'],
      },
      { images: courseImages() },
    );
    const client = cluster.client();
    const spec = { ...(nodeName ? { nodeName } : {}), containers: [{ name: 'main', image: 'nginx:1.25' }] };
    client.create('pods', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default' }, spec });
    const seen: string[] = [];
    const stop = cluster.store.watch(({ type, resource, object }) => {
      if (resource === 'pods') seen.push(`${type} ${String(object.metadata.deletionGracePeriodSeconds)}`);
    });
    client.delete('pods', 'default', 'web', grace === undefined ? {} : { gracePeriodSeconds: grace });
    stop();
    return seen;
  }

  it('is a change and then a removal', () => {
    expect(watched('node1', 0)).toEqual(['MODIFIED 0', 'DELETED 0']);
    expect(watched(undefined, undefined)).toEqual(['MODIFIED 0', 'DELETED 0']);
  });

  it('is a change alone while there is some', () => {
    expect(watched('node1', undefined)).toEqual(['MODIFIED 30']);
  });
});
