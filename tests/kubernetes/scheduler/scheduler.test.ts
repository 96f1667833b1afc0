import { describe, expect, it } from 'vitest';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { referenceTo } from '@/kubernetes/api/object';
import { Cluster } from '@/kubernetes/cluster';
import { SeriesRecorder } from '@/kubernetes/events/series-recorder';
import type { SchedulerDecisionData } from '@/kubernetes/scheduler/decision-data';
import { node, pod, portPod } from './objects';

const noPorts =
  "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. no new claims to deallocate, " +
  'preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.';

function clusterOf(...nodes: string[]): Cluster {
  const cluster = new Cluster({ name: 'test', nodes: [], without: ['kube-controller-manager'] });
  // Written past admission, which would taint nodes that no kubelet has reported ready.
  for (const name of nodes) cluster.store.put('nodes', node(name));
  cluster.advance(10);
  return cluster;
}

function create(cluster: Cluster, object: Pod): void {
  const result = cluster.client().create('pods', object);
  if (!result.ok) throw new Error(result.status.message);
  cluster.advance(50);
}

const stored = (cluster: Cluster, name: string) => cluster.client().get('pods', 'default', name);
const events = (cluster: Cluster, name: string) =>
  cluster
    .client()
    .list('events')
    .filter((event) => event.involvedObject.name === name);
const scheduled = (cluster: Cluster, name: string) =>
  stored(cluster, name)?.status.conditions?.find((one) => one.type === 'PodScheduled');

describe('the scheduler in a cluster', () => {
  it('looks at all Pods that wait for a port before the next port is free, 12 ms later', () => {
    const cluster = clusterOf('node-1', 'node-2');
    for (const name of ['node-1', 'node-2']) {
      create(cluster, portPod(`old-${name}`, 8080, {}, { spec: { nodeName: name } }));
    }
    for (const name of ['a', 'b', 'c']) create(cluster, portPod(name, 8080));
    const attempts = cluster.decisions.length;
    cluster.client().delete('pods', 'default', 'old-node-1', { gracePeriodSeconds: 0 });
    cluster.advance(12);
    const tried = cluster.decisions
      .slice(attempts)
      .filter(({ data }) => (data as SchedulerDecisionData | undefined)?.kind === 'attempt');
    expect(tried.map(({ subject }) => subject.name)).toEqual(['a', 'b', 'c']);
    expect(stored(cluster, 'a')?.spec.nodeName).toBe('node-1');
  });

  it('binds a Pod and says so', () => {
    const cluster = clusterOf('node-1');
    create(cluster, portPod('web', 8080));
    expect(stored(cluster, 'web')?.spec.nodeName).toBe('node-1');
    expect(scheduled(cluster, 'web')?.status).toBe('True');
    expect(events(cluster, 'web')).toMatchObject([
      {
        type: 'Normal',
        reason: 'Scheduled',
        action: 'Binding',
        message: 'Successfully assigned default/web to node-1',
        reportingComponent: 'default-scheduler',
      },
    ]);
  });

  it('refuses with condition and event, and knows who holds the port', () => {
    const cluster = clusterOf('node-1');
    create(cluster, portPod('holder', 8080));
    create(cluster, portPod('web', 8080));
    expect(scheduled(cluster, 'web')).toMatchObject({ status: 'False', reason: 'Unschedulable', message: noPorts });
    expect(events(cluster, 'web')).toMatchObject([{ type: 'Warning', reason: 'FailedScheduling', message: noPorts }]);
    const decision = cluster.decisions.find(
      (one) => one.subject.name === 'web' && (one.data as SchedulerDecisionData).kind === 'attempt',
    );
    expect(decision?.because).toMatchObject([
      {
        text: '8080/TCP on node-1 is held by Pod default/holder',
        about: [{ kind: 'Pod', name: 'holder' }, { kind: 'Node' }, { kind: 'Pod', name: 'web' }],
      },
    ]);
    expect(decision?.data).toMatchObject({
      kind: 'attempt',
      nodes: [{ node: 'node-1', refusedBy: 'NodePorts', resolvable: true }],
    });
  });

  it('tries again as soon as the holder has gone', () => {
    const cluster = clusterOf('node-1');
    create(cluster, portPod('holder', 8080));
    create(cluster, portPod('web', 8080));
    cluster.client().delete('pods', 'default', 'holder', { gracePeriodSeconds: 0 });
    cluster.advance(50);
    expect(stored(cluster, 'web')?.spec.nodeName).toBe('node-1');
    const moves = cluster.decisions.filter((one) => one.verdict.startsWith('moved to') && one.subject.name === 'web');
    expect(moves.at(-1)?.because).toMatchObject([
      { text: 'AssignedPodDelete', about: [{ kind: 'Pod', name: 'holder' }] },
    ]);
  });

  it('writes two events for the first two refusals, then a series', () => {
    const cluster = clusterOf('node-1');
    create(cluster, portPod('holder', 8080));
    create(cluster, portPod('local', 8080, { hostIP: '127.0.0.1' }, { spec: { nodeName: 'node-1' } }));
    create(cluster, portPod('web', 8080));
    for (let i = 0; i < 3; i++) {
      cluster.client().delete('pods', 'default', 'local', { gracePeriodSeconds: 0 });
      cluster.advance(50);
      create(cluster, portPod('local', 8080, { hostIP: '127.0.0.1' }, { spec: { nodeName: 'node-1' } }));
    }
    expect(events(cluster, 'web').map((event) => event.series?.count)).toEqual([undefined, 2]);
    cluster.advance(31 * 60_000);
    expect(events(cluster, 'web')[1]?.series?.count).toBeGreaterThanOrEqual(3);
  });

  // client-go tools/events `getKey`: the words are no part of what makes two events alike
  it('counts a refusal in other words as the same event, as long as the Pod is not written to', () => {
    const cluster = clusterOf('node-1');
    const recorder = new SeriesRecorder({
      client: cluster.client(),
      timers: cluster.clock.timers('test'),
      wake: 'tick',
      controller: 'one',
      instance: 'one-1',
      microTimestamp: (at) => cluster.clock.microTimestamp(at),
    });
    create(cluster, pod('web', { spec: { schedulerName: 'nobody' } }));
    const web = stored(cluster, 'web');
    if (!web) throw new Error('there is no Pod web');
    const say = (note: string, regarding = referenceTo(web)) =>
      recorder.record({ regarding, type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', note });
    say('no room on one node');
    say('no room on two nodes');
    expect(events(cluster, 'web').map(({ message, series }) => [message, series?.count])).toEqual([
      ['no room on one node', 2],
    ]);
    say('no room on two nodes', { ...referenceTo(web), resourceVersion: '1' });
    expect(events(cluster, 'web')).toHaveLength(2);
  });

  it('sees the taint of a cordon for a moment after the node was uncordoned', () => {
    const cluster = new Cluster({
      name: 'test',
      kubelet: 'fake',
      nodes: [{ name: 'node-1', internalIP: '10.0.0.11' }],
    });
    cluster.advance(10_000);
    const client = cluster.client();
    client.patch('nodes', undefined, 'node-1', { spec: { unschedulable: true } });
    cluster.advance(1000);
    create(cluster, pod('web'));
    client.patch('nodes', undefined, 'node-1', { spec: { unschedulable: null } });
    cluster.advance(100);
    expect(stored(cluster, 'web')?.spec.nodeName).toBe('node-1');
    const said = events(cluster, 'web').map(({ message }) => message?.replace(/ no new claims.*/, ''));
    expect(said).toEqual([
      '0/1 nodes are available: 1 node(s) were unschedulable.',
      '0/1 nodes are available: 1 node(s) had untolerated taint(s).',
      'Successfully assigned default/web to node-1',
    ]);
  });

  it('evicts for a higher priority and nominates the node', () => {
    const cluster = clusterOf('node-1');
    const high = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 };
    cluster.client().create('priorityclasses.scheduling.k8s.io', high);
    create(cluster, portPod('holder', 8080));
    create(cluster, portPod('web', 8080, {}, { spec: { priorityClassName: 'high' } }));
    expect(stored(cluster, 'web')?.status.nominatedNodeName).toBe('node-1');
    expect(scheduled(cluster, 'web')?.message).toBe(
      "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
    );
    expect(stored(cluster, 'holder')?.metadata.deletionTimestamp).toBeDefined();
    expect(stored(cluster, 'holder')?.status.conditions).toMatchObject([
      {},
      {
        type: 'DisruptionTarget',
        reason: 'PreemptionByScheduler',
        message: 'default-scheduler: preempting to accommodate a higher priority pod',
      },
    ]);
    const uid = stored(cluster, 'web')?.metadata.uid;
    expect(events(cluster, 'holder').at(-1)).toMatchObject({
      reason: 'Preempted',
      message: `Preempted by pod ${uid} on node node-1`,
      related: { name: 'web' },
    });
    cluster.client().delete('pods', 'default', 'holder', { gracePeriodSeconds: 0 });
    cluster.advance(50);
    expect(stored(cluster, 'web')?.spec.nodeName).toBe('node-1');
  });

  // preemption/executor.go `prepareCandidateAsync`
  it('evicts the last of several victims when the others are evicted, and waits for it', () => {
    const cluster = clusterOf('node-1');
    const high = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 };
    cluster.client().create('priorityclasses.scheduling.k8s.io', high);
    for (const port of [8080, 8081]) create(cluster, portPod(`holder-${port}`, port));
    const both = portPod('web', 8080, {}, { spec: { priorityClassName: 'high' } });
    both.spec.containers[0]?.ports?.push({ containerPort: 8081, hostPort: 8081 });
    cluster.client().create('pods', both);
    const ending = () =>
      [8080, 8081].filter((port) => stored(cluster, `holder-${port}`)?.metadata.deletionTimestamp !== undefined);
    cluster.advance(12);
    expect(ending()).toHaveLength(1);
    cluster.advance(20);
    expect(ending()).toEqual([8080, 8081]);
    cluster.client().delete('pods', 'default', 'holder-8080', { gracePeriodSeconds: 0 });
    cluster.advance(50);
    expect(scheduled(cluster, 'web')?.message).toBe(
      "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. no new claims to " +
        'deallocate, preemption: not eligible due to a terminating pod on the nominated node.',
    );
    cluster.client().delete('pods', 'default', 'holder-8081', { gracePeriodSeconds: 0 });
    cluster.advance(50);
    expect(stored(cluster, 'web')?.spec.nodeName).toBe('node-1');
  });

  it('keeps the freed room for the nominated Pod', () => {
    const cluster = clusterOf('node-1');
    const high = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 };
    cluster.client().create('priorityclasses.scheduling.k8s.io', high);
    create(cluster, portPod('holder', 8080));
    create(cluster, portPod('web', 8080, {}, { spec: { priorityClassName: 'high' } }));
    create(cluster, portPod('late', 8080));
    cluster.client().delete('pods', 'default', 'holder', { gracePeriodSeconds: 0 });
    cluster.advance(50);
    expect(stored(cluster, 'web')?.spec.nodeName).toBe('node-1');
    expect(stored(cluster, 'late')?.spec.nodeName).toBeUndefined();
  });

  it('carries on after a stop from what the API server knows', () => {
    const cluster = clusterOf('node-1');
    create(cluster, portPod('holder', 8080));
    cluster.stop('kube-scheduler');
    create(cluster, portPod('web', 8080));
    create(cluster, pod('other'));
    expect(stored(cluster, 'other')?.spec.nodeName).toBeUndefined();
    cluster.start('kube-scheduler');
    cluster.advance(50);
    expect(stored(cluster, 'other')?.spec.nodeName).toBe('node-1');
    expect(scheduled(cluster, 'web')?.message).toBe(noPorts);
  });

  it('waits for nodes, and leaves other schedulers their Pods', () => {
    const cluster = clusterOf();
    create(cluster, pod('web'));
    create(cluster, pod('foreign', { spec: { schedulerName: 'other' } }));
    expect(scheduled(cluster, 'web')?.message).toBe('no nodes available to schedule pods');
    expect(stored(cluster, 'foreign')?.status.conditions).toBeUndefined();
    cluster.store.put('nodes', node('node-1'));
    cluster.advance(3000);
    expect(stored(cluster, 'web')?.spec.nodeName).toBe('node-1');
  });

  it('is not there in a world without it', () => {
    const cluster = new Cluster({ name: 'test', nodes: [], without: ['kube-scheduler'] });
    expect(cluster.isRunning('kube-scheduler')).toBe(false);
  });
});
