import type { Node, Pod } from '@/kubernetes/api/generated/core-v1';
import { Cluster } from '@/kubernetes/cluster';
import { Cache } from '@/kubernetes/scheduler/cache';
import { schedule } from '@/kubernetes/scheduler/cycle';
import { PodInfo } from '@/kubernetes/scheduler/framework/pod-info';

const stored = { creationTimestamp: '2026-01-05T09:00:00Z', resourceVersion: '1' };
const zones = ['a', 'b', 'c'];

function node(i: number): Node {
  const name = `node-${i}`;
  const labels = { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zones[i % zones.length] ?? '' };
  const metadata = { ...stored, name, uid: `node-uid-${i}`, labels };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata,
    spec: {},
    status: { allocatable: { cpu: '8', memory: '32Gi', pods: '110' } },
  };
}

/** Every Pod wants a host port, and six of them are in demand, so that nodes fill up with refusals. */
function pod(i: number): Pod {
  const ports = [{ containerPort: 80, hostPort: 8080 + (i % 6), protocol: 'TCP' }];
  const resources = { requests: { cpu: '100m', memory: '128Mi' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...stored, name: `web-${i}`, namespace: 'default', uid: `pod-uid-${i}`, labels: { app: 'web' } },
    spec: {
      schedulerName: 'default-scheduler',
      containers: [{ name: 'web', image: 'nginx:alpine', ports, resources }],
    },
    status: {},
  };
}

/** What the scheduling cycle alone takes (filter, score, choose, assume), by the Pod. */
export interface CycleCost {
  readonly milliseconds: number;
  /** Nodes that were asked whether the Pod fits. */
  readonly examined: number;
}

export function cycleCost(nodes: number, pods: number): CycleCost {
  const cache = new Cache({ get: () => undefined, list: () => [] });
  for (let i = 0; i < nodes; i++) cache.putNode(node(i));
  cache.refresh();
  const infos = Array.from({ length: pods }, (_, i) => new PodInfo(pod(i)));
  let start = 0;
  let examined = 0;
  const began = performance.now();
  for (const info of infos) {
    const result = schedule(cache, info, { start });
    start = result.next;
    if (result.kind !== 'found') throw new Error(`${info.key} found no node`);
    examined += result.feasible.length + result.diagnosis.refused.size;
    cache.putPod(info.pod, result.node);
  }
  return { milliseconds: (performance.now() - began) / pods, examined: examined / pods };
}

/** Pods bound per second in a whole cluster: API server, watches, cycle, binding, events. */
export function bindingsPerSecond(nodes: number, pods: number): number {
  const cluster = new Cluster({ name: 'bench', nodes: [], without: ['kube-controller-manager'] });
  for (let i = 0; i < nodes; i++) cluster.store.put('nodes', node(i));
  cluster.advance(100);
  const client = cluster.client();
  for (let i = 0; i < pods; i++) client.create('pods', pod(i));
  const began = performance.now();
  cluster.advance(pods * 10);
  const elapsed = performance.now() - began;
  const bound = cluster.store.list('pods').filter((one) => one.spec.nodeName).length;
  if (bound !== pods) throw new Error(`${bound} of ${pods} Pods are bound`);
  return pods / (elapsed / 1000);
}
