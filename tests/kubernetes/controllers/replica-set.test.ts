import { describe, expect, it } from 'vitest';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { RequestRefused, type Steps } from '@/kubernetes/controllers/controller';
import { request, slowStartBatch } from '@/kubernetes/controllers/pod-control';
import { rankForDeletion } from '@/kubernetes/controllers/replica-set/deletion-rank';
import { badRequest } from '@/kubernetes/apiserver/status';
import { create, events, fakeCluster, livePods, template } from './fixture';

interface Traits {
  node?: string;
  phase?: string;
  ready?: boolean;
  since?: number;
  cost?: string;
  restarts?: number;
  created?: number;
}

const second = (n: number) => new Date(n * 1000).toISOString();
const moment = {
  now: 1_000_000,
  parse: (text: string | undefined) => (text === undefined ? undefined : Date.parse(text)),
};

function pod(name: string, traits: Traits): Pod {
  const { node = 'node-1', phase = 'Running', ready = true, since = 0, cost, restarts = 0, created = 0 } = traits;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      resourceVersion: '1',
      creationTimestamp: second(created),
      annotations: cost === undefined ? {} : { 'controller.kubernetes.io/pod-deletion-cost': cost },
    },
    spec: { containers: [], ...(node === '' ? {} : { nodeName: node }) },
    status: {
      phase,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: second(since) }],
      containerStatuses: [{ name: 'app', image: '', imageID: '', ready, restartCount: restarts }],
    },
  } as Pod;
}

/** The rules in order; the first Pod of each pair dies first. */
const pairs: [string, Traits, Traits][] = [
  ['it has no node yet', { node: '', phase: 'Pending', ready: false }, { phase: 'Pending', ready: false }],
  ['its phase is further from Running', { phase: 'Pending', ready: false }, { phase: 'Unknown', ready: false }],
  ['its phase is further from Running', { phase: 'Unknown', ready: false }, { ready: false }],
  ['it is not ready', { ready: false, cost: '100' }, { cost: '-100' }],
  ['its controller.kubernetes.io/pod-deletion-cost is lower', { cost: '-1', restarts: 0 }, { restarts: 9 }],
  ['it has been ready for less time', { since: 900, restarts: 0 }, { since: 1, restarts: 9 }],
  ['its containers restarted more often', { restarts: 2, created: 0 }, { restarts: 1, created: 900 }],
  ['it is newer', { created: 900 }, { created: 1 }],
];

describe('which Pod dies first', () => {
  it.each(pairs)('%s', (rule, first, last) => {
    const pods = [pod('z', first), pod('a', last)];
    for (const order of [pods, [...pods].reverse()]) {
      const ranked = rankForDeletion(order, [], moment);
      expect(ranked.map((one) => one.pod.metadata.name)).toEqual(['z', 'a']);
      expect(ranked[0]?.rule).toBe(rule);
    }
  });

  it('more Pods of its family share its node', () => {
    const pods = [pod('alone', { node: 'node-2' }), pod('one', {}), pod('two', {})];
    const ranked = rankForDeletion(pods, pods, moment);
    expect(ranked.at(-1)?.pod.metadata.name).toBe('alone');
    expect(ranked[1]?.rule).toBe('more Pods of its family share its node');
  });

  it('readiness times of one bucket count as equal: the smaller UID goes', () => {
    const pods = [pod('b', { since: 101 }), pod('a', { since: 100 })];
    expect(rankForDeletion(pods, [], moment)[0]?.pod.metadata.name).toBe('a');
  });
});

/** Runs steps to their end; returns at how many stops they waited. */
function runSteps<T>(steps: Steps<T>): { value: T; stops: number } {
  for (let stops = 0; ; stops++) {
    const turn = steps.next();
    if (turn.done) return { value: turn.value, stops };
  }
}

describe('slow start', () => {
  it('goes 1, 2, 4, 8 and stops after a batch with an error', () => {
    let calls = 0;
    const tasks = Array.from({ length: 20 }, () =>
      request(() => {
        if (++calls > 4) throw new RequestRefused(badRequest('no'));
      }),
    );
    const { value } = runSteps(slowStartBatch(tasks));
    // 1 + 2 + 4: the batch of four had one success and three refusals, and was the last.
    expect(calls).toBe(7);
    expect(value.successes).toBe(4);
    expect(value.error?.message).toBe('no');
  });

  it('asks first what was begun last, the rest in order: as Go runs goroutines', () => {
    const asked: number[] = [];
    runSteps(slowStartBatch(Array.from({ length: 8 }, (_, i) => request(() => asked.push(i)))));
    expect(asked).toEqual([0, 2, 1, 6, 3, 4, 5, 7]);
  });
});

const set = (replicas: number, image = 'registry.example/web:1') => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web' },
  spec: { replicas, selector: { matchLabels: { app: 'web' } }, template: template(image) },
});

describe('a ReplicaSet without a controller', () => {
  // replica_set.go `getIndirectlyRelatedPods` asks for the ReplicaSets of one controller
  it('does not mind that Pods share a node: the youngest go', () => {
    const cluster = fakeCluster(2);
    create(cluster, set(2));
    cluster.advance(5000);
    const old = livePods(cluster.client()).map(({ metadata }) => metadata.name);
    cluster.client().patch('replicasets.apps', 'default', 'web', { spec: { replicas: 5 } });
    cluster.advance(2500);
    cluster.client().patch('replicasets.apps', 'default', 'web', { spec: { replicas: 2 } });
    cluster.advance(2000);
    expect(livePods(cluster.client()).map(({ metadata }) => metadata.name)).toEqual(old);
  });
});

describe('a ReplicaSet', () => {
  it('replaces a deleted Pod at once and counts the one that is going', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, set(2));
    cluster.advance(3000);
    const [victim] = livePods(client);
    client.delete('pods', 'default', victim?.metadata.name ?? '');
    cluster.advance(100);
    const status = () => client.get('replicasets.apps', 'default', 'web')?.status;
    expect(status()).toMatchObject({ replicas: 2, readyReplicas: 1, terminatingReplicas: 1 });
    cluster.advance(3000);
    expect(status()).toMatchObject({ replicas: 2, readyReplicas: 2, terminatingReplicas: 0 });
    expect(events(client, 'ReplicaSet').map((text) => text.slice(0, 30))).toHaveLength(3);
  });

  it('adopts an orphan that matches, and lets go of one that no longer does', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, {
      apiVersion: 'v1',
      kind: 'Pod',
      ...template(),
      metadata: { name: 'bare', labels: { app: 'web' } },
    });
    create(cluster, set(2));
    cluster.advance(3000);
    const bare = () => client.get('pods', 'default', 'bare')?.metadata.ownerReferences?.[0]?.name;
    expect(bare()).toBe('web');
    expect(livePods(client)).toHaveLength(2);
    client.patch('pods', 'default', 'bare', { metadata: { labels: { app: 'other' } } });
    cluster.advance(3000);
    expect(bare()).toBeUndefined();
    expect(livePods(client)).toHaveLength(3);
  });

  it('takes the surplus away and says why that one', () => {
    const cluster = fakeCluster();
    create(cluster, set(2));
    cluster.advance(3000);
    cluster.client().patch('replicasets.apps', 'default', 'web', { spec: { replicas: 1 } });
    cluster.advance(1000);
    const decision = cluster.decisions.find((one) => one.component === 'replicaset-controller');
    expect(decision?.verdict).toBe('chosen to be deleted: ReplicaSet web has 2 Pods and wants 1');
  });
});
