import { describe, expect, it } from 'vitest';
import { Schedule } from '@/kubernetes/controllers/cron-job/schedule';
import { formatIndexes, parseIndexes } from '@/kubernetes/controllers/job/indexes';
import { create, events, fakeCluster, livePods, names, template } from './fixture';

const daemonSet = (spec: object = {}, pod = template(undefined, {}, { hostPort: 8080 })) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: pod, ...spec },
});

describe('a DaemonSet', () => {
  it('runs one Pod a node, also on a cordoned one, not on a tainted one', () => {
    const cluster = fakeCluster(3);
    const client = cluster.client();
    client.patch('nodes', undefined, 'node-2', { spec: { unschedulable: true } });
    client.patch('nodes', undefined, 'node-3', { spec: { taints: [{ key: 'dedicated', effect: 'NoSchedule' }] } });
    cluster.advance(100);
    create(cluster, daemonSet());
    cluster.advance(5000);
    expect(
      livePods(client)
        .map((pod) => pod.spec.nodeName)
        .sort(),
    ).toEqual(['node-1', 'node-2']);
    const set = client.get('daemonsets.apps', 'default', 'agent');
    expect(set?.status).toMatchObject({ desiredNumberScheduled: 2, numberReady: 2, numberMisscheduled: 0 });
  });

  // pkg/controller/daemon/daemon_controller.go `updatePod`, `updateDaemonSetStatus`
  it('looks for available Pods so long after they became ready, not after any change of a ready Pod', () => {
    const cluster = fakeCluster(2);
    const client = cluster.client();
    create(cluster, daemonSet({ minReadySeconds: 2 }));
    cluster.advanceTo(11_350);
    const [going, staying] = livePods(client).map(({ metadata }) => metadata.name);
    client.delete('pods', 'default', going ?? '');
    cluster.advanceTo(11_500);
    client.patch('pods', 'default', staying ?? '', { metadata: { annotations: { seen: 'yes' } } });
    const available = () => client.get('daemonsets.apps', 'default', 'agent')?.status.numberAvailable;
    // Ready at 12.9 s, written as 12 s: available from 14 s on, but nobody looks before 14.9 s.
    cluster.advanceTo(14_700);
    expect(available()).toBe(1);
    cluster.advanceTo(15_000);
    expect(available()).toBe(2);
  });

  // pkg/controller/controller_utils.go `slowStartBatch`: 1, 2, 4 … at a time
  it('knows of all its new Pods but the last batch when it writes its first status', () => {
    const first = (nodes: number) => {
      const cluster = fakeCluster(nodes);
      const seen: unknown[] = [];
      cluster.store.watch(({ resource }) => {
        const status = cluster.client().get('daemonsets.apps', 'default', 'agent')?.status;
        if (resource === 'daemonsets.apps' && status?.desiredNumberScheduled)
          seen.push(status.currentNumberScheduled, status.updatedNumberScheduled);
      });
      create(cluster, daemonSet());
      cluster.advance(500);
      return seen.slice(0, 2);
    };
    expect([1, 2, 3, 4, 8].map(first)).toEqual([
      [0, undefined],
      [1, 1],
      [1, 1],
      [3, 3],
      [7, 7],
    ]);
  });

  it('tolerates network-unavailable only on the host network', () => {
    const keys = (pod: ReturnType<typeof template>) => {
      const cluster = fakeCluster(1);
      create(cluster, daemonSet({}, pod));
      cluster.advance(3000);
      return livePods(cluster.client())[0]?.spec.tolerations?.map((one) => `${one.key ?? ''}:${one.effect ?? ''}`);
    };
    const common = [
      'node.kubernetes.io/not-ready:NoExecute',
      'node.kubernetes.io/unreachable:NoExecute',
      'node.kubernetes.io/disk-pressure:NoSchedule',
      'node.kubernetes.io/memory-pressure:NoSchedule',
      'node.kubernetes.io/pid-pressure:NoSchedule',
      'node.kubernetes.io/unschedulable:NoSchedule',
    ];
    expect(keys(template())).toEqual(common);
    expect(keys(template(undefined, { hostNetwork: true }))).toEqual([
      ...common,
      'node.kubernetes.io/network-unavailable:NoSchedule',
    ]);
  });

  it.each([
    ['one after the other by default', {}, true],
    ['never, with maxSurge and a host port', { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }, false],
    ['only what somebody deletes, with OnDelete', { type: 'OnDelete' }, false],
  ])('updates %s', (_, updateStrategy, done) => {
    const cluster = fakeCluster(3);
    const client = cluster.client();
    create(cluster, daemonSet({ updateStrategy }));
    cluster.advance(5000);
    const containers = [{ name: 'app', image: 'registry.example/web:2' }];
    const patch = { spec: { template: { spec: { containers } } } };
    client.patch('daemonsets.apps', 'default', 'agent', patch, { patchType: 'strategic' });
    cluster.advance(30_000);
    expect(client.get('daemonsets.apps', 'default', 'agent')?.status.updatedNumberScheduled ?? 0).toBe(done ? 3 : 0);
    expect(names(client, 'controllerrevisions.apps')).toHaveLength(2);
  });
});

const statefulSet = (spec: object = {}, pod = template()) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db' },
  spec: { serviceName: 'db', replicas: 3, selector: { matchLabels: { app: 'web' } }, template: pod, ...spec },
});

describe('a StatefulSet', () => {
  // pkg/controller/statefulset/stateful_set_control.go
  it('counts a Pod of a third revision that it deletes as one of the old, for one sync', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    const selector = { matchLabels: { app: 'web' } };
    const spec = { serviceName: 'db', podManagementPolicy: 'Parallel', replicas: 3, selector, template: template() };
    create(cluster, { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db' }, spec });
    cluster.advance(10_000);
    const setImage = (image: string) => {
      const patch = { spec: { template: { spec: { containers: [{ name: 'app', image }] } } } };
      client.patch('statefulsets.apps', 'default', 'db', patch, { patchType: 'strategic' });
    };
    setImage('registry.example/never:2');
    cluster.advance(10_000);
    const counts: unknown[] = [];
    cluster.store.watch(({ resource }) => {
      if (resource !== 'statefulsets.apps') return;
      counts.push(client.get('statefulsets.apps', 'default', 'db')?.status.currentReplicas);
    });
    setImage('registry.example/web:3');
    cluster.advance(400);
    expect(counts).toEqual([2, 1, 2]);
  });

  it('starts in order and says so', () => {
    const cluster = fakeCluster();
    create(cluster, statefulSet());
    cluster.advance(1500);
    expect(names(cluster.client(), 'pods')).toEqual(['db-0', 'db-1']);
    cluster.advance(5000);
    expect(events(cluster.client(), 'StatefulSet')).toEqual(
      [0, 1, 2].map((i) => `SuccessfulCreate: Create Pod db-${i} in StatefulSet db successful`),
    );
  });

  it('starts all at once with Parallel', () => {
    const cluster = fakeCluster();
    create(cluster, statefulSet({ podManagementPolicy: 'Parallel' }));
    cluster.advance(300);
    expect(names(cluster.client(), 'pods')).toEqual(['db-0', 'db-1', 'db-2']);
  });

  it('is blocked by a Pod that never gets ready', () => {
    const cluster = fakeCluster();
    create(cluster, statefulSet({}, template('registry.example/never:1')));
    cluster.advance(60_000);
    expect(names(cluster.client(), 'pods')).toEqual(['db-0']);
  });

  it('updates from the top, down to its partition', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    create(cluster, statefulSet({ updateStrategy: { rollingUpdate: { partition: 2 } } }));
    cluster.advance(6000);
    const containers = [{ name: 'app', image: 'registry.example/web:2' }];
    const patch = { spec: { template: { spec: { containers } } } };
    client.patch('statefulsets.apps', 'default', 'db', patch, { patchType: 'strategic' });
    cluster.advance(20_000);
    const images = livePods(client).map((pod) => pod.spec.containers[0]?.image);
    expect(images).toEqual(['registry.example/web:1', 'registry.example/web:1', 'registry.example/web:2']);
  });
});

const job = (image: string, spec: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'job' },
  spec: { template: template(image, { restartPolicy: 'Never' }), ...spec },
});

describe('a Job', () => {
  // pkg/controller/job/job_controller.go `updatePod`, `syncJobBatchPeriod`
  it('is told of a container that ends after a second just after its look at the Pod that was ready', () => {
    const cluster = fakeCluster();
    const client = cluster.client();
    const seen: unknown[] = [];
    cluster.store.watch(({ resource, object }) => {
      if (resource !== 'jobs.batch') return;
      const { active, ready, failed } = client.get('jobs.batch', 'default', object.metadata.name)?.status ?? {};
      if (active ?? failed) seen.push([active, ready, failed]);
    });
    create(cluster, job('registry.example/work:exit-1'));
    cluster.advance(4000);
    expect(seen.slice(0, 2)).toEqual([
      [1, 0, undefined],
      [1, 1, undefined],
    ]);
    expect(seen.at(-1)).toEqual([undefined, 0, 1]);
  });

  const conditions = (cluster: ReturnType<typeof fakeCluster>) =>
    cluster
      .client()
      .get('jobs.batch', 'default', 'job')
      ?.status?.conditions?.map((one) => `${one.type} ${one.reason ?? ''}`);

  it('completes, frees its Pods and says so', () => {
    const cluster = fakeCluster();
    create(cluster, job('registry.example/work:ok', { completions: 4, parallelism: 2 }));
    cluster.advance(20_000);
    expect(conditions(cluster)).toEqual(['SuccessCriteriaMet CompletionsReached', 'Complete CompletionsReached']);
    const status = cluster.client().get('jobs.batch', 'default', 'job')?.status;
    expect(status).toMatchObject({ succeeded: 4, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
    expect(
      cluster
        .client()
        .list('pods', 'default')
        .flatMap((pod) => pod.metadata.finalizers ?? []),
    ).toEqual([]);
    expect(events(cluster.client(), 'Job').at(-1)).toBe('Completed: Job completed');
  });

  it('tries again after 10 s, 20 s and gives up at its limit', () => {
    const cluster = fakeCluster();
    create(cluster, job('registry.example/work:exit-3', { backoffLimit: 2 }));
    cluster.advance(9000);
    expect(names(cluster.client(), 'pods')).toHaveLength(1);
    cluster.advance(60_000);
    expect(names(cluster.client(), 'pods')).toHaveLength(3);
    expect(conditions(cluster)).toEqual(['FailureTarget BackoffLimitExceeded', 'Failed BackoffLimitExceeded']);
    expect(events(cluster.client(), 'Job').at(-1)).toBe(
      'BackoffLimitExceeded: Job has reached the specified backoff limit',
    );
  });

  it('writes its indexes in runs', () => {
    expect(formatIndexes([5, 0, 1, 2, 7, 8])).toBe('0-2,5,7,8');
    expect([...parseIndexes('0-2,5')]).toEqual([0, 1, 2, 5]);
  });
});

describe('a schedule', () => {
  const after = Date.UTC(2026, 0, 5, 9, 7, 30); // a Monday
  it.each([
    ['* * * * *', Date.UTC(2026, 0, 5, 9, 8)],
    ['*/15 * * * *', Date.UTC(2026, 0, 5, 9, 15)],
    ['0 12 * * 1-5', Date.UTC(2026, 0, 5, 12)],
    ['30 8 1 * *', Date.UTC(2026, 1, 1, 8, 30)],
    ['0 0 13 * 5', Date.UTC(2026, 0, 9)],
    ['0 0 29 feb *', Date.UTC(2028, 1, 29)],
    ['@hourly', Date.UTC(2026, 0, 5, 10)],
  ])('%s', (text, next) => {
    expect(Schedule.parse(text)?.next(after)).toBe(next);
  });

  it('is refused when it is none', () => {
    expect(['', '* * * *', '60 * * * *', '*/0 * * * *', '5-1 * * * *'].map((text) => Schedule.parse(text))).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });
});
