import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { resources } from '@/kubernetes/api/registry';
import { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';

const world: WorldFile = {
  name: 'twice',
  nodes: [
    { name: 'node1', internalIP: '10.0.0.11', roles: ['control-plane'] },
    { name: 'node2', internalIP: '10.0.0.12' },
  ],
};

const manifests = '/etc/kubernetes/manifests/one.yaml';
const names = fc.constantFrom('web', 'api');
const components = fc.constantFrom('kubelet/node2', 'kube-scheduler', 'deployment-controller');

const action = fc.oneof(
  fc.record({
    kind: fc.constant('apply' as const),
    name: names,
    port: fc.constantFrom(8080, 9090),
    fails: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('scale' as const), name: names, replicas: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: fc.constant('delete' as const), name: names }),
  fc.record({ kind: fc.constant('advance' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ kind: fc.constant('stop' as const), component: components }),
  fc.record({ kind: fc.constant('start' as const), component: components }),
  fc.record({ kind: fc.constant('file' as const), text: fc.constantFrom('', 'kind: Pod') }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

function deployment(name: string, hostPort: number, fails: boolean) {
  const command = fails ? ['sh', '-c', 'exit 1'] : ['sleep', 'infinity'];
  const labels = { app: name };
  const containers = [{ name, image: 'busybox:1.36', command, ports: [{ containerPort: 80, hostPort }] }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
}

/** What the API server answers to an action, as it would be printed. */
function act(cluster: Cluster, step: Action): unknown {
  const request = {
    group: 'apps',
    version: 'v1',
    resource: 'deployments',
    namespace: 'default',
    user: 'kubernetes-admin',
  };
  switch (step.kind) {
    case 'apply':
      return cluster.api.handle({ ...request, verb: 'create', body: deployment(step.name, step.port, step.fails) });
    case 'scale':
      return cluster.client().patch('deployments.apps', 'default', step.name, { spec: { replicas: step.replicas } });
    case 'delete':
      return cluster.client().delete('deployments.apps', 'default', step.name);
    case 'advance':
      return cluster.advance(step.seconds * 1000);
    case 'stop':
      return cluster.stop(step.component);
    case 'start':
      return cluster.start(step.component);
    case 'file':
      return cluster.network.kernel('node2').files.write(manifests, step.text);
  }
}

/** Everything that can be seen of a cluster after these actions: answers, every object, every decision. */
function play(seed: number, actions: readonly Action[]): string {
  const cluster = new Cluster(world, { seed });
  const answers = actions.map((step) => act(cluster, step));
  cluster.advance(60_000);
  const objects = resources.map(({ name }) => cluster.store.list(name));
  return JSON.stringify({ answers, objects, decisions: cluster.decisions, revision: cluster.revisions.current });
}

test('the same world, seed and actions give the same bytes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.array(action, { maxLength: 8 }), (seed, actions) => {
      expect(play(seed, actions)).toBe(play(seed, actions));
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('another seed gives other names', () => {
  const actions: Action[] = [
    { kind: 'apply', name: 'web', port: 8080, fails: false },
    { kind: 'advance', seconds: 10 },
  ];
  expect(play(1, actions)).not.toBe(play(2, actions));
});
