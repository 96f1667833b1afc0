import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';

const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'app', image, ports: [{ containerPort: 80 }] }] },
});

function world() {
  return new Cluster({
    name: 'test',
    kubelet: 'fake',
    nodes: [1, 2, 3].map((i) => ({ name: `node-${i}`, internalIP: `10.0.0.1${i}` })),
  });
}

describe('DeploymentController', () => {
  it('makes a ReplicaSet that makes Pods, and says so', () => {
    const cluster = world();
    const client = cluster.client();
    client.create('deployments.apps', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'web' } },
        template: template('registry.example/web:1') as never,
      },
    });
    cluster.advance(5000);
    const [set] = client.list('replicasets.apps', 'default');
    expect(set?.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]+$/);
    expect(client.list('pods', 'default')).toHaveLength(3);
  });
});
