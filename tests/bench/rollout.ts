import { Cluster } from '@/kubernetes/cluster';

/** A Deployment of `replicas` Pods on `count` nodes, from its creation until every Pod is ready. */
export function rollOut(count: number, replicas: number): void {
  const nodes = Array.from({ length: count }, (_, i) => ({
    name: `node-${i}`,
    internalIP: `10.0.${Math.floor(i / 200)}.${10 + (i % 200)}`,
  }));
  const cluster = new Cluster({ name: 'bench', lan: '10.0.0.0/16', nodes });
  cluster.advance(10_000);
  const labels = { app: 'web' };
  const containers = [{ name: 'web', image: 'registry.k8s.io/pause:3.10', ports: [{ containerPort: 80 }] }];
  cluster.client().create('deployments.apps', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    // The server fills in what a template's metadata always has.
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels } as never, spec: { containers } },
    },
  });
  const ready = () => cluster.store.get('deployments.apps', 'default', 'web')?.status.readyReplicas ?? 0;
  const limit = cluster.clock.now + 600_000;
  while (ready() < replicas && cluster.clock.now < limit) cluster.advance(1000);
  if (ready() < replicas) throw new Error(`${ready()} of ${replicas} Pods are ready`);
}
