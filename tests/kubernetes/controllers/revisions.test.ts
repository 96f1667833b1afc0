import { describe, expect, it } from 'vitest';
import type { Cluster } from '@/kubernetes/cluster';
import { create, fakeCluster, livePods, template } from './fixture';

const manifest = (kind: 'DaemonSet' | 'StatefulSet', image: string) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web' },
  spec: {
    ...(kind === 'StatefulSet' ? { serviceName: 'web', replicas: 2 } : {}),
    selector: { matchLabels: { app: 'web' } },
    template: template(image),
  },
});

/** `number: owned` of every revision, by number. */
function revisions(cluster: Cluster): string[] {
  return cluster
    .client()
    .list('controllerrevisions.apps', 'default')
    .map(({ revision, metadata }) => `${revision}: ${metadata.ownerReferences ? 'owned' : 'orphan'}`)
    .sort();
}

const images = (cluster: Cluster) => livePods(cluster.client()).map((pod) => pod.spec.containers[0]?.image);

// pkg/controller/daemon/update.go `controlledHistories`, pkg/controller/statefulset/stateful_set_control.go; seen so with a real v1.36.2
describe.each(['DaemonSet', 'StatefulSet'] as const)('revisions that a %s left behind', (kind) => {
  it('are adopted by the next one of its name, which goes on from them', () => {
    const cluster = fakeCluster(2);
    const client = cluster.client();
    const resource = kind === 'DaemonSet' ? 'daemonsets.apps' : 'statefulsets.apps';
    create(cluster, manifest(kind, 'registry.example/web:1'));
    cluster.advance(10_000);
    client.patch(resource, 'default', 'web', { spec: { template: template('registry.example/web:2') } });
    cluster.advance(20_000);
    expect(revisions(cluster)).toEqual(['1: owned', '2: owned']);
    client.delete(resource, 'default', 'web', { propagationPolicy: 'Orphan' });
    cluster.advance(2000);
    expect(revisions(cluster)).toEqual(['1: orphan', '2: orphan']);
    create(cluster, manifest(kind, 'registry.example/web:1'));
    cluster.advance(20_000);
    expect(revisions(cluster)).toEqual(['2: owned', '3: owned']);
    expect(images(cluster)).toEqual(['registry.example/web:1', 'registry.example/web:1']);
  });
});
