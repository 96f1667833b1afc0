import { describe, expect, it } from 'vitest';
import { fakeKubeletName } from '@/kubernetes/kubelet/fake';
import { create, deployment, events, fakeCluster, livePods, names, template, web } from './fixture';

const service = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
});

describe('endpoints', () => {
  it('list the node address once for every Pod on the host network', () => {
    const cluster = fakeCluster(1);
    const client = cluster.client();
    const pod = template(undefined, { hostNetwork: true });
    delete pod.spec?.containers[0]?.ports;
    create(cluster, service({ ports: [{ port: 80, targetPort: 8080 }] }));
    create(cluster, deployment({ replicas: 3, template: pod }));
    cluster.advance(5000);
    const slice = client
      .list('endpointslices.discovery.k8s.io', 'default')
      .find((one) => one.metadata.name !== 'kubernetes');
    expect(slice?.ports).toEqual([{ name: '', port: 8080, protocol: 'TCP' }]);
    expect(slice?.endpoints?.map((one) => one.addresses)).toEqual([['10.0.0.11'], ['10.0.0.11'], ['10.0.0.11']]);
    const [subset] = client.get('endpoints', 'default', 'web')?.subsets ?? [];
    expect(subset?.addresses).toHaveLength(3);
  });

  it('keep one empty slice, and its name', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, service());
    cluster.advance(1000);
    const before = names(client, 'endpointslices.discovery.k8s.io');
    create(cluster, deployment({ replicas: 2 }));
    cluster.advance(5000);
    client.patch('deployments.apps', 'default', 'web', { spec: { replicas: 0 } });
    cluster.advance(5000);
    expect(names(client, 'endpointslices.discovery.k8s.io')).toEqual(before);
    const slice = client
      .list('endpointslices.discovery.k8s.io', 'default')
      .find((one) => one.metadata.name !== 'kubernetes');
    expect([slice?.endpoints ?? [], slice?.ports ?? []]).toEqual([[], []]);
  });

  it('tell serving from ready while a Pod ends', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, service());
    create(
      cluster,
      deployment({
        replicas: 1,
        template: template('registry.example/stubborn:1', { terminationGracePeriodSeconds: 5 }),
      }),
    );
    cluster.advance(5000);
    client.patch('deployments.apps', 'default', 'web', { spec: { replicas: 0 } });
    cluster.advance(1000);
    const slice = client
      .list('endpointslices.discovery.k8s.io', 'default')
      .find((one) => one.metadata.name !== 'kubernetes');
    expect(slice?.endpoints?.[0]?.conditions).toEqual({ ready: false, serving: true, terminating: true });
    expect(client.get('endpoints', 'default', 'web')?.subsets ?? []).toEqual([]);
  });
});

describe('garbage collection', () => {
  it('in the background takes the owner first', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, deployment({ replicas: 2 }));
    cluster.advance(3000);
    client.delete('deployments.apps', 'default', 'web', { propagationPolicy: 'Background' });
    expect(names(client, 'deployments.apps')).toEqual([]);
    expect(names(client, 'replicasets.apps')).toHaveLength(1);
    cluster.advance(3000);
    expect(names(client, 'replicasets.apps')).toEqual([]);
    expect(names(client, 'pods')).toEqual([]);
  });

  it('in the foreground takes the owner last', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, deployment({ replicas: 2 }));
    cluster.advance(3000);
    client.delete('deployments.apps', 'default', 'web', { propagationPolicy: 'Foreground' });
    cluster.advance(200);
    expect(web(client).metadata.finalizers).toEqual(['foregroundDeletion']);
    expect(livePods(client)).toEqual([]);
    cluster.advance(3000);
    expect(names(client, 'deployments.apps')).toEqual([]);
    expect(names(client, 'pods')).toEqual([]);
  });

  it('orphans what it is told to', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, deployment({ replicas: 2 }));
    cluster.advance(3000);
    client.delete('deployments.apps', 'default', 'web', { propagationPolicy: 'Orphan' });
    cluster.advance(3000);
    expect(names(client, 'deployments.apps')).toEqual([]);
    const [set] = client.list('replicasets.apps', 'default');
    expect(set?.metadata.ownerReferences).toBeUndefined();
    expect(livePods(client)).toHaveLength(2);
  });
});

describe('a node that falls silent', () => {
  it('is NotReady after 40 to 56 s, and loses its Pods 300 s later', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, deployment({ replicas: 3 }));
    cluster.advance(10_000);
    cluster.stop(fakeKubeletName('node-1'));
    const ready = () =>
      client.get('nodes', undefined, 'node-1')?.status.conditions?.find((one) => one.type === 'Ready');
    cluster.advance(39_000);
    expect(ready()?.status).toBe('True');
    cluster.advance(17_000);
    expect(ready()).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
    const taints = client
      .get('nodes', undefined, 'node-1')
      ?.spec.taints?.map((taint) => `${taint.key}:${taint.effect}`);
    expect(taints).toEqual(['node.kubernetes.io/unreachable:NoSchedule', 'node.kubernetes.io/unreachable:NoExecute']);
    expect(events(client, 'Pod')).toContain('NodeNotReady: Node is not ready');
    expect(web(client).status.availableReplicas).toBe(2);
    cluster.advance(290_000);
    expect(livePods(client)).toHaveLength(3);
    cluster.advance(20_000);
    const going = client.list('pods', 'default').filter((pod) => pod.metadata.deletionTimestamp);
    expect(going.map((pod) => pod.spec.nodeName)).toEqual(['node-1']);
    expect(events(client, 'Pod')).toContain(
      `TaintManagerEviction: Marking for deletion Pod default/${going[0]?.metadata.name ?? ''}`,
    );
    cluster.start(fakeKubeletName('node-1'));
    cluster.advance(10_000);
    expect(ready()?.status).toBe('True');
    expect(client.get('nodes', undefined, 'node-1')?.spec.taints ?? []).toEqual([]);
    expect(client.list('pods', 'default')).toHaveLength(3);
  });
});

describe('a namespace', () => {
  it('gets a ServiceAccount and the root certificate, and goes with all it holds', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-a' } });
    cluster.advance(1000);
    expect(client.get('serviceaccounts', 'team-a', 'default')).toBeDefined();
    expect(client.get('configmaps', 'team-a', 'kube-root-ca.crt')).toBeDefined();
    client.delete('namespaces', undefined, 'team-a');
    expect(client.get('namespaces', undefined, 'team-a')?.status.phase).toBe('Terminating');
    cluster.advance(20_000);
    expect(client.get('namespaces', undefined, 'team-a')).toBeUndefined();
    expect(client.list('configmaps', 'team-a')).toEqual([]);
  });
});
