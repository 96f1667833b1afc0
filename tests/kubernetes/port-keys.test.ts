import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { hostPortsOf, portsConflict, portText } from '@/kubernetes/placement/host-ports';
import type { WorldFile } from '@/kubernetes/world';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

/*
 * A Pod holds its keys (hostIP, protocol, port) on a node from the moment at which the kubelet took it in until its
 * sandbox is gone, as long as there is such a Pod: in the API, or as a file of the node. A Pod that is bound to the node
 * and refused there (`NodePorts`) never holds any, one that is still ending does. One that left the API before its end
 * (deleted by force, or with no time to end) is a Pod no more: the kubelet admits another one beside what still runs of it
 * (pkg/kubelet/kubelet.go `HandlePodRemoves`, kubelet_pods.go `GetActivePods`). Whether two keys are the same is said by
 * `portsConflict`: 0.0.0.0 meets every address.
 */

const world: WorldFile = {
  name: 'keys',
  chance: 'drawn',
  nodes: [
    { name: 'node1', internalIP: '10.0.0.11', roles: ['control-plane'] },
    { name: 'node2', internalIP: '10.0.0.12' },
    { name: 'node3', internalIP: '10.0.0.13' },
  ],
};

const node = fc.constantFrom('node1', 'node2', 'node3');
const app = fc.constantFrom('a', 'b', 'c');
const port = fc.record({
  containerPort: fc.constantFrom(8080, 8081),
  hostPort: fc.constantFrom(8080, 8081),
  hostIP: fc.constantFrom(undefined, '0.0.0.0', '127.0.0.1', '10.0.0.12', '::'),
  protocol: fc.constantFrom(undefined, 'TCP', 'UDP'),
});
const template = fc.record({
  ports: fc.uniqueArray(port, {
    minLength: 1,
    maxLength: 2,
    selector: ({ hostPort, hostIP, protocol }) => `${hostPort} ${hostIP} ${protocol}`,
  }),
  hostNetwork: fc.boolean(),
  command: fc.constantFrom('sleep infinity', 'exit 0', 'exit 1', "trap '' TERM; sleep infinity"),
  grace: fc.constantFrom(0, 5, 40),
});
type Template = typeof template extends fc.Arbitrary<infer T> ? T : never;

const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      verb: fc.constant('create' as const),
      kind: fc.constantFrom('Deployment', 'DaemonSet', 'Pod'),
      app,
      template,
      nodeName: fc.option(node, { nil: undefined }),
    }),
  },
  fc.record({ verb: fc.constant('change' as const), app, template }),
  fc.record({ verb: fc.constant('static pod' as const), node, app, template: fc.option(template) }),
  fc.record({
    verb: fc.constant('command' as const),
    line: fc.oneof(
      node.map((name) => `kubectl drain ${name} --ignore-daemonsets --force --delete-emptydir-data --timeout=20s`),
      node.map((name) => `kubectl uncordon ${name}`),
      node.map((name) => `kubectl delete node ${name}`),
      app.map((name) => `kubectl delete deployment,daemonset,pod -l app=${name} --wait=false`),
      fc.constant('kubectl delete pods --all --wait=false'),
      fc.constant('kubectl delete pods --all --force --grace-period=0'),
      app.map((name) => `kubectl rollout restart deployment ${name}`),
      app.map((name) => `kubectl scale deployment ${name} --replicas=4`),
      fc.constant('kubectl taint nodes node2 gone=yes:NoExecute --overwrite'),
    ),
  }),
  fc.record({
    verb: fc.constant('component' as const),
    name: fc.oneof(
      node.map((one) => `kubelet/${one}`),
      fc.constant('kube-scheduler'),
    ),
    runs: fc.boolean(),
  }),
  fc.record({ verb: fc.constant('cable' as const), node: fc.constantFrom('node2', 'node3'), plugged: fc.boolean() }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

function podSpec({ ports, hostNetwork, command, grace }: Template, name: string, restartPolicy?: string) {
  const own = hostNetwork
    ? ports.map(({ hostPort, hostIP, protocol }) => ({ containerPort: hostPort, hostPort, hostIP, protocol }))
    : ports;
  return {
    hostNetwork,
    terminationGracePeriodSeconds: grace,
    ...(restartPolicy ? { restartPolicy } : {}),
    containers: [{ name, image: 'busybox:1.36', command: ['sh', '-c', command], ports: own }],
  };
}

function create(cluster: Cluster, { kind, app: name, template: wanted, nodeName }: Action & { verb: 'create' }): void {
  const metadata = { name, namespace: 'default', labels: { app: name } };
  const client = cluster.client();
  if (kind === 'Pod') {
    const spec = { ...podSpec(wanted, name, 'OnFailure'), ...(nodeName ? { nodeName } : {}) };
    client.create('pods', { apiVersion: 'v1', kind, metadata: { ...metadata, name: `${name}-pod` }, spec });
    return;
  }
  const spec = {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: podSpec(wanted, name) },
  };
  if (kind === 'Deployment') {
    client.create('deployments.apps', { apiVersion: 'apps/v1', kind, metadata, spec: { ...spec, replicas: 2 } });
  } else client.create('daemonsets.apps', { apiVersion: 'apps/v1', kind, metadata, spec });
}

/** No packet leaves the machine or comes in. */
function plug(cluster: Cluster, name: string, plugged: boolean): void {
  const session = new Session(cluster, { kind: 'machine', name });
  cluster.run(runLine(session, plugged ? 'iptables -D OUTPUT -j DROP' : 'iptables -I OUTPUT -j DROP'));
}

function act(cluster: Cluster, client: Session, step: Action): void {
  switch (step.verb) {
    case 'create':
      create(cluster, step);
      return;
    case 'change': {
      const spec = { template: { spec: podSpec(step.template, step.app) } };
      cluster.client().patch('deployments.apps', 'default', step.app, { spec });
      cluster.client().patch('daemonsets.apps', 'default', step.app, { spec });
      return;
    }
    case 'static pod': {
      const text = step.template ? JSON.stringify(podSpec(step.template, step.app)) : '';
      cluster.network.kernel(step.node).files.write(`/etc/kubernetes/manifests/${step.app}.yaml`, text);
      return;
    }
    case 'command':
      cluster.run(runLine(client, step.line));
      return;
    case 'component':
      if (step.runs) cluster.start(step.name);
      else cluster.stop(step.name);
      return;
    case 'cable':
      plug(cluster, step.node, step.plugged);
  }
}

/** A manifest on a node: here only its spec lies there. */
function staticPod(text: string) {
  if (!text) return undefined;
  const spec = JSON.parse(text) as ReturnType<typeof podSpec>; // written by `act`
  const name = `static-${spec.containers[0]?.name}`;
  const metadata = { name, namespace: 'default', uid: '', creationTimestamp: '', resourceVersion: '' };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec };
}

/** Watches, at every write to the API and to a runtime, which Pods hold what; a text for every two that hold the same. */
class Watcher {
  readonly clashes = new Set<string>();
  private readonly ports = new Map<string, ReturnType<typeof hostPortsOf>>();
  held = 0;

  constructor(private readonly cluster: Cluster) {}

  /** Whether a Pod is a static one whose file lies on its node. */
  private hasFile(node: string, pod: string): boolean {
    const app = /^static-(.*)-node\d$/.exec(pod)?.[1];
    const text = app && this.cluster.network.kernel(node).files.read(`/etc/kubernetes/manifests/${app}.yaml`);
    return text !== undefined && text !== '';
  }

  look(): void {
    const { store } = this.cluster;
    for (const pod of store.list('pods')) {
      // A mirror Pod has another UID than the static Pod that runs.
      const key = pod.metadata.annotations?.['kubernetes.io/config.mirror'] ?? pod.metadata.uid ?? '';
      if (!this.ports.has(key)) this.ports.set(key, hostPortsOf(pod.spec));
    }
    for (const [name, runtime] of this.cluster.runtimes) {
      const holders = runtime.podReferences().flatMap((pod) => {
        const lives = runtime.podSandboxes(pod.uid).some((sandbox) => sandbox.ready);
        const known =
          store.get('pods', pod.namespace, pod.name)?.metadata.uid === pod.uid || this.hasFile(name, pod.name);
        const ports = this.ports.get(pod.uid ?? '') ?? [];
        return lives && known ? [{ pod, ports }] : [];
      });
      this.held = Math.max(this.held, holders.length);
      for (const [i, one] of holders.entries())
        for (const other of holders.slice(i + 1))
          for (const a of one.ports)
            if (other.ports.some((b) => portsConflict(a, b)))
              this.clashes.add(`${name}: ${one.pod.name} and ${other.pod.name} hold ${portText(a)}`);
    }
  }
}

const waits = fc.constantFrom(0, 40, 300, 2000, 12_000, 50_000);

test('no two Pods on a node ever hold the same host port, whatever happens', () => {
  let most = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.array(fc.record({ action, wait: waits }), { minLength: 3, maxLength: 10 }),
      (seed, list) => {
        const cluster = new Cluster(world, { seed, settled: 60_000, readManifest: staticPod });
        const watcher = new Watcher(cluster);
        const client = new Session(cluster, { kind: 'machine', name: 'client' });
        cluster.store.watch(({ resource }) => {
          if (resource === 'pods') watcher.look();
        });
        for (const { action: step, wait } of list) {
          act(cluster, client, step);
          watcher.look();
          cluster.advance(wait);
        }
        cluster.advance(30_000);
        watcher.look();
        most = Math.max(most, watcher.held);
        expect([...watcher.clashes]).toEqual([]);
      },
    ),
    { numRuns: 120, seed: 9, endOnFailure: true },
  );
  // The scenarios are worth something only when Pods live side by side.
  expect(most).toBeGreaterThan(2);
}, 300_000);
