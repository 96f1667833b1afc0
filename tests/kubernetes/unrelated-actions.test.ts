import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { resources } from '@/kubernetes/api/registry';
import { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';

/*
 * Unrelated here: actions at the same virtual instant of which each is about objects of a namespace of its own, whose
 * Pods may run on a node of its own only, or about that node. What the whole cluster shares is not divided: one
 * scheduler, one API server, the controllers, kube-proxy on every node, the recorders of events.
 *
 * Compared: every object of every resource, every decision, and of every machine its processes, sockets, interfaces,
 * routes and packet filter, to the byte. Left out: revisions (`resourceVersion` and the copies of it in events), which
 * count all writes to the cluster and so say in which order they came, and the order of a list (all are sorted).
 */

const world: WorldFile = {
  name: 'unrelated',
  chance: 'drawn',
  nodes: [
    { name: 'node1', internalIP: '10.0.0.11', roles: ['control-plane'] },
    { name: 'node2', internalIP: '10.0.0.12' },
    { name: 'node3', internalIP: '10.0.0.13' },
  ],
};

/** A namespace and the node where its Pods run. */
const strands = [
  { namespace: 'one', node: 'node2' },
  { namespace: 'two', node: 'node3' },
] as const;
type Strand = (typeof strands)[number];

const app = fc.constantFrom('web', 'api');
const deed = fc.oneof(
  fc.record({
    verb: fc.constant('deploy' as const),
    app,
    replicas: fc.integer({ min: 1, max: 3 }),
    how: fc.constantFrom('sleeps', 'fails', 'host port', 'host network', 'no such image'),
  }),
  fc.record({ verb: fc.constant('daemon set' as const), app }),
  fc.record({ verb: fc.constant('job' as const), app, fails: fc.boolean() }),
  fc.record({ verb: fc.constant('service' as const), app, nodePort: fc.boolean() }),
  fc.record({ verb: fc.constant('scale' as const), app, replicas: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ verb: fc.constant('restart' as const), app }),
  fc.record({ verb: fc.constant('delete' as const), app }),
  fc.record({ verb: fc.constant('delete pods' as const) }),
  fc.record({ verb: fc.constant('cordon' as const), on: fc.boolean() }),
  fc.record({ verb: fc.constant('static pod' as const), there: fc.boolean() }),
  fc.record({ verb: fc.constant('kubelet' as const), runs: fc.boolean() }),
);
/**
 * More of what happens inside a namespace. Nodes stay as they are: a change of any node wakes Pods that wait anywhere,
 * so that of two such changes at one instant the first is the cause.
 */
const deedInside = fc.oneof(
  fc.record({
    verb: fc.constant('deploy' as const),
    app,
    replicas: fc.integer({ min: 1, max: 3 }),
    how: fc.constantFrom('sleeps', 'fails', 'host port'),
  }),
  fc.record({ verb: fc.constant('stateful set' as const), app, parallel: fc.boolean() }),
  fc.record({ verb: fc.constant('cron job' as const), app }),
  fc.record({ verb: fc.constant('budget' as const), app, minAvailable: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ verb: fc.constant('quota' as const), pods: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ verb: fc.constant('evict' as const) }),
  fc.record({ verb: fc.constant('restart' as const), app }),
  fc.record({ verb: fc.constant('delete pods' as const) }),
  fc.record({ verb: fc.constant('delete namespace' as const) }),
);
type Of<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Deed = Of<typeof deed> | Of<typeof deedInside>;

/** What happens at one instant: for each strand at most one deed; then time passes. */
function instantOf<D extends Deed>(deeds: fc.Arbitrary<D>) {
  const one = fc.option(deeds, { nil: undefined });
  return fc.record({ deeds: fc.tuple(one, one), millis: fc.constantFrom(1, 7, 900, 5000, 61_000) });
}
type Instant = Of<ReturnType<typeof instantOf<Deed>>>;

function template(name: string, node: string, how: string) {
  const command = how === 'fails' ? ['sh', '-c', 'exit 1'] : ['sleep', 'infinity'];
  const ports = [{ containerPort: 8080, ...(how === 'host port' ? { hostPort: 8080 } : {}) }];
  const image = how === 'no such image' ? 'nowhere.example/none:1' : 'busybox:1.36';
  return {
    metadata: { labels: { app: name } },
    spec: {
      nodeSelector: { 'kubernetes.io/hostname': node },
      ...(how === 'host network' ? { hostNetwork: true } : {}),
      containers: [{ name, image, command, ports, readinessProbe: { exec: { command: ['true'] } } }],
    },
  };
}

function act(cluster: Cluster, { namespace, node }: Strand, step: Deed): void {
  const client = cluster.client();
  const metadata = (name: string) => ({ name, namespace });
  switch (step.verb) {
    case 'deploy':
      client.create('deployments.apps', {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: metadata(step.app),
        spec: {
          replicas: step.replicas,
          selector: { matchLabels: { app: step.app } },
          template: template(step.app, node, step.how),
        },
      });
      return;
    case 'daemon set':
      client.create('daemonsets.apps', {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: metadata(step.app),
        spec: { selector: { matchLabels: { app: step.app } }, template: template(step.app, node, 'sleeps') },
      });
      return;
    case 'job': {
      const made = template(step.app, node, step.fails ? 'fails' : 'sleeps');
      client.create('jobs.batch', {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: metadata(step.app),
        spec: { completions: 2, template: { ...made, spec: { ...made.spec, restartPolicy: 'Never' } } },
      });
      return;
    }
    case 'stateful set':
      client.create('statefulsets.apps', {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: metadata(step.app),
        spec: {
          replicas: 2,
          serviceName: step.app,
          podManagementPolicy: step.parallel ? 'Parallel' : 'OrderedReady',
          selector: { matchLabels: { app: step.app } },
          template: template(step.app, node, 'sleeps'),
        },
      });
      return;
    case 'cron job': {
      const made = template(step.app, node, 'fails');
      client.create('cronjobs.batch', {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: metadata(step.app),
        spec: {
          schedule: '* * * * *',
          jobTemplate: { spec: { template: { ...made, spec: { ...made.spec, restartPolicy: 'Never' } } } },
        },
      });
      return;
    }
    case 'budget':
      client.create('poddisruptionbudgets.policy', {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: metadata(step.app),
        spec: { minAvailable: step.minAvailable, selector: { matchLabels: { app: step.app } } },
      });
      return;
    case 'quota':
      client.create('resourcequotas', {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: metadata('few'),
        spec: { hard: { pods: String(step.pods) } },
      });
      return;
    case 'evict':
      for (const pod of client.list('pods', namespace))
        cluster.api.handle({
          verb: 'create',
          group: '',
          version: 'v1',
          resource: 'pods',
          subresource: 'eviction',
          namespace,
          name: pod.metadata.name,
          user: 'kubernetes-admin',
          body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: metadata(pod.metadata.name) },
        });
      return;
    case 'delete namespace':
      client.delete('namespaces', undefined, namespace);
      return;
    case 'service':
      client.create('services', {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: metadata(step.app),
        spec: {
          selector: { app: step.app },
          ports: [{ port: 80, targetPort: 8080 }],
          type: step.nodePort ? 'NodePort' : 'ClusterIP',
        },
      });
      return;
    case 'scale':
      client.patch('deployments.apps', namespace, step.app, { spec: { replicas: step.replicas } });
      return;
    case 'restart':
      client.patch('deployments.apps', namespace, step.app, {
        spec: { template: { metadata: { annotations: { restarted: cluster.clock.timestamp() } } } },
      });
      return;
    case 'delete':
      client.delete('deployments.apps', namespace, step.app);
      return;
    case 'delete pods':
      for (const pod of client.list('pods', namespace)) client.delete('pods', namespace, pod.metadata.name);
      return;
    case 'cordon':
      client.patch('nodes', undefined, node, { spec: { unschedulable: step.on } });
      return;
    case 'static pod':
      cluster.network.kernel(node).files.write('/etc/kubernetes/manifests/one.yaml', step.there ? namespace : '');
      return;
    case 'kubelet':
      if (step.runs) cluster.start(`kubelet/${node}`);
      else cluster.stop(`kubelet/${node}`);
  }
}

function staticPod(namespace: string) {
  if (!namespace) return undefined;
  const spec = { containers: [{ name: 'one', image: 'busybox:1.36', command: ['sleep', 'infinity'] }] };
  const metadata = { name: 'static', namespace, uid: '', creationTimestamp: '', resourceVersion: '' };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec };
}

/** JSON in which revisions are blank. */
function bytes(value: unknown): string {
  return JSON.stringify(value, (key: string, inner: unknown) =>
    key === 'resourceVersion' || key === 'revision' ? undefined : inner,
  );
}

function sorted(values: Iterable<unknown>): string[] {
  return [...values].map(bytes).sort();
}

/** Everything there is in the end, one text per thing. */
function play(seed: number, instants: readonly Instant[], order: readonly (0 | 1)[]): string[] {
  const cluster = new Cluster(world, { seed, settled: 60_000, readManifest: staticPod });
  for (const { namespace } of strands) {
    cluster
      .client()
      .create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace }, spec: {} });
  }
  cluster.advance(5000);
  for (const { deeds, millis } of instants) {
    for (const which of order) {
      const step = deeds[which];
      if (step) act(cluster, strands[which], step);
    }
    cluster.advance(millis);
  }
  cluster.advance(20_000);
  const objects = resources.flatMap(({ name }) => sorted(cluster.store.list(name)));
  const machines = cluster.network.hostNames.map((host) => {
    const kernel = cluster.network.kernel(host);
    const namespaces = kernel.namespaces().map(({ id }) => id);
    return bytes([
      host,
      sorted(kernel.processes()),
      sorted(kernel.sockets()),
      ...namespaces.sort().map((id) => bytes([id, kernel.interfaces(id), kernel.routes(id), kernel.rules(id)])),
    ]);
  });
  return [...objects, ...sorted(cluster.decisions), ...machines];
}

function expectTheSame(deeds: fc.Arbitrary<Deed>, numRuns: number): void {
  const instants = fc.array(instantOf(deeds), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), instants, (seed, list) => {
      const first = play(seed, list, [0, 1]);
      expect(play(seed, list, [0, 1])).toEqual(first);
      expect(play(seed, list, [1, 0])).toEqual(first);
    }),
    { numRuns, seed: 5 },
  );
}

test('twice the same, and the same in both orders of what happens at one instant without having to do with one another', () => {
  expectTheSame(deed, 200);
}, 300_000);

test('also where sets, schedules, budgets and quotas are at work, Pods are evicted and namespaces go', () => {
  expectTheSame(deedInside, 100);
}, 300_000);
