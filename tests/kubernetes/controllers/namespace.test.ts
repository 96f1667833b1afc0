import { describe, expect, it } from 'vitest';
import type { Cluster } from '@/kubernetes/cluster';
import { fakeCluster } from './fixture';

/** `type=status: message` of a namespace that is being deleted. */
function conditions(cluster: Cluster): string[] {
  const { status } = cluster.client().get('namespaces', undefined, 'shop') ?? {};
  return (status?.conditions ?? []).map((one) => `${one.type}=${one.status}: ${one.message}`);
}

function shop(): Cluster {
  const cluster = fakeCluster(1);
  cluster.client().create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' }, spec: {} });
  cluster.advance(1000); // its ServiceAccount
  return cluster;
}

function configMap(cluster: Cluster, name: string, finalizers: string[]): void {
  const metadata = { name, namespace: 'shop', finalizers };
  cluster.client().create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
}

function pod(cluster: Cluster, image: string, terminationGracePeriodSeconds: number): void {
  const containers = [{ name: 'app', image: `registry.example/${image}` }];
  const spec = { terminationGracePeriodSeconds, containers };
  cluster
    .client()
    .create('pods', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec });
}

const remove = (cluster: Cluster) => cluster.client().delete('namespaces', undefined, 'shop');

// pkg/controller/namespace/deletion/namespaced_resources_deleter.go, status_condition_utils.go
describe('a namespace that is being deleted', () => {
  it('deletes its Pods first and leaves the rest alone until they are gone', () => {
    const cluster = shop();
    configMap(cluster, 'settings', []);
    pod(cluster, 'stubborn:1', 30);
    cluster.advance(3000);
    remove(cluster);
    cluster.advance(6000);
    expect(cluster.client().get('pods', 'shop', 'web')?.metadata.deletionTimestamp).toBeDefined();
    expect(cluster.client().get('configmaps', 'shop', 'settings')?.metadata.deletionTimestamp).toBeUndefined();
    // As long as the grace period runs, Pods that are left are no failure.
    expect(conditions(cluster)).toContain(
      'NamespaceDeletionContentFailure=False: All content successfully deleted, may be waiting on finalization',
    );
    cluster.advance(60_000);
    expect(cluster.client().get('namespaces', undefined, 'shop')).toBeUndefined();
  });

  it('says that Pods remain when their grace period is over before it begins', () => {
    const cluster = shop();
    pod(cluster, 'stubborn:1', 5);
    cluster.advance(3000);
    remove(cluster);
    cluster.advance(6000);
    expect(conditions(cluster)).toContain(
      'NamespaceDeletionContentFailure=True: Failed to delete all resource types, 1 remaining: unexpected items still remain in namespace: shop for gvr: /v1, Resource=pods',
    );
    // Nothing was said of the rest yet.
    expect(conditions(cluster)).toContain('NamespaceContentRemaining=False: All content successfully removed');
    cluster.advance(30_000);
    expect(cluster.client().get('namespaces', undefined, 'shop')).toBeUndefined();
  });

  it('names what a finalizer holds, and goes when that is gone', () => {
    const cluster = shop();
    configMap(cluster, 'one', ['example.com/hold']);
    configMap(cluster, 'two', ['example.com/hold']);
    remove(cluster);
    cluster.advance(6000);
    expect(conditions(cluster)).toContain(
      'NamespaceContentRemaining=True: Some resources are remaining: configmaps. has 2 resource instances',
    );
    expect(conditions(cluster)).toContain(
      'NamespaceFinalizersRemaining=True: Some content in the namespace has finalizers remaining: example.com/hold in 2 resource instances',
    );
    for (const name of ['one', 'two'])
      cluster.client().patch('configmaps', 'shop', name, { metadata: { finalizers: null } });
    cluster.advance(16_000);
    expect(cluster.client().get('namespaces', undefined, 'shop')).toBeUndefined();
  });
});
