import { describe, expect, it } from 'vitest';
import type { Job } from '@/kubernetes/api/generated/batch-v1';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import { podsToRemove } from '@/kubernetes/controllers/job/removal';
import { create, events, fakeCluster } from './fixture';

function indexed(image: string, spec: object): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'work' },
    spec: {
      completionMode: 'Indexed',
      completions: 3,
      parallelism: 3,
      ...spec,
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: `registry.example/${image}` }] } },
    },
  };
}

const job = (cluster: Cluster) => cluster.client().get('jobs.batch', 'default', 'work');
const annotation = (pod: Pod, name: string) => pod.metadata.annotations?.[`batch.kubernetes.io/${name}`];

/** `index: failures so far` of every Pod that still carries the Job's finalizer. */
function tracked(cluster: Cluster): string[] {
  return cluster
    .client()
    .list('pods', 'default')
    .filter((pod) => pod.metadata.finalizers?.includes('batch.kubernetes.io/job-tracking'))
    .map((pod) => `${annotation(pod, 'job-completion-index')}: ${annotation(pod, 'job-index-failure-count')}`)
    .sort();
}

// pkg/controller/job/job_controller.go `trackJobStatusAndRemoveFinalizers`
it('counts an index that is done in the same write that names it', () => {
  const cluster = fakeCluster();
  const seen = new Set<string>();
  cluster.store.watch(({ resource }) => {
    const { completedIndexes, succeeded } = job(cluster)?.status ?? {};
    if (resource === 'jobs.batch') seen.add(`${completedIndexes}: ${succeeded}`);
  });
  create(cluster, indexed('work:ok', { parallelism: 1 }));
  cluster.advance(20_000);
  expect([...seen]).toEqual(['undefined: undefined', '0: 1', '0,1: 2', '0-2: 3']);
});

// pkg/controller/job/indexed_job_utils.go; a real v1.36.2 controller was watched doing the same
describe('backoffLimitPerIndex', () => {
  it('lets every index fail by itself and wait by itself', () => {
    const cluster = fakeCluster(3);
    create(cluster, indexed('work:exit-3', { backoffLimitPerIndex: 1, maxFailedIndexes: 2 }));
    cluster.advance(6000);
    // The failed Pods stay until their successors are there to carry the count on, and count as failed only then.
    expect(tracked(cluster)).toEqual(['0: 0', '1: 0', '2: 0']);
    expect(job(cluster)?.status).toMatchObject({ failedIndexes: '', ready: 0 });
    expect(job(cluster)?.status?.active).toBeUndefined();
    cluster.advance(7000);
    expect(tracked(cluster).filter((one) => one.endsWith(': 1'))).toEqual(['0: 1', '1: 1', '2: 1']);
    cluster.advance(10_000);
    expect(job(cluster)?.status).toMatchObject({
      failed: 6,
      failedIndexes: '0-2',
      conditions: [
        { type: 'FailureTarget', reason: 'MaxFailedIndexesExceeded' },
        {
          type: 'Failed',
          reason: 'MaxFailedIndexesExceeded',
          message: 'Job has exceeded the specified maximal number of failed indexes',
        },
      ],
    });
    expect(tracked(cluster)).toEqual([]);
  });

  it('ends with FailedIndexes when every index has come to its end', () => {
    const cluster = fakeCluster(3);
    create(cluster, indexed('work:exit-3', { backoffLimitPerIndex: 0 }));
    cluster.advance(10_000);
    expect(events(cluster.client(), 'Job').at(-1)).toBe('FailedIndexes: Job has failed indexes');
    expect(job(cluster)?.status).toMatchObject({ failed: 3, failedIndexes: '0-2' });
  });

  it('takes an index for failed at once where the policy says FailIndex', () => {
    const cluster = fakeCluster(3);
    const rule = { action: 'FailIndex', onExitCodes: { operator: 'In', values: [3] } };
    create(cluster, indexed('work:exit-3', { backoffLimitPerIndex: 5, podFailurePolicy: { rules: [rule] } }));
    cluster.advance(10_000);
    expect(job(cluster)?.status).toMatchObject({ failed: 3, failedIndexes: '0-2' });
  });

  it('carries failures that the policy ignores in an annotation of their own', () => {
    const cluster = fakeCluster(3);
    const rule = { action: 'Ignore', onExitCodes: { operator: 'In', values: [3] } };
    create(cluster, indexed('work:exit-3', { backoffLimitPerIndex: 0, podFailurePolicy: { rules: [rule] } }));
    cluster.advance(15_000);
    const counts = cluster
      .client()
      .list('pods', 'default')
      .map((pod) => [annotation(pod, 'job-index-failure-count'), annotation(pod, 'job-index-ignored-failure-count')]);
    expect(counts).toContainEqual(['0', '1']);
    expect(job(cluster)?.status?.failed).toBeUndefined();
  });
});

describe('an Indexed Job', () => {
  it('names its Pods by index and tells every container, also those that only initialise', () => {
    const cluster = fakeCluster(3);
    const long = { ...indexed('work:ok', {}), metadata: { name: 'w'.repeat(60) } };
    create(cluster, long);
    cluster.advance(500);
    const [pod] = cluster.client().list('pods', 'default');
    expect(pod?.metadata.name).toMatch(/^w{55}-0-.{5}$/);
    expect(pod?.spec.containers[0]?.env).toEqual([
      {
        name: 'JOB_COMPLETION_INDEX',
        valueFrom: {
          fieldRef: { apiVersion: 'v1', fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']" },
        },
      },
    ]);
  });
});

// pkg/controller/job/job_controller.go `activePodsForRemoval`, pkg/controller/controller_utils.go `ActivePods`
describe('which Pods of a Job go', () => {
  const pod = (name: string, index: number | undefined, made: number, ready = true): Pod =>
    ({
      metadata: {
        name,
        creationTimestamp: `2026-11-21T08:00:0${made}Z`,
        annotations: index === undefined ? {} : { 'batch.kubernetes.io/job-completion-index': String(index) },
      },
      spec: { nodeName: 'n' },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
    }) as unknown as Pod; // what the order looks at, nothing else
  const names = (spec: object, pods: Pod[], surplus: number) =>
    podsToRemove({ spec } as unknown as Job, pods, surplus, parseRfc3339Maybe).map(({ metadata }) => metadata.name);
  const parseRfc3339Maybe = (text: string | undefined) => (text === undefined ? undefined : parseRfc3339(text));

  it('the newest first, those that are not ready before', () => {
    expect(names({}, [pod('a', undefined, 1), pod('b', undefined, 3), pod('c', undefined, 2, false)], 2)).toEqual([
      'c',
      'b',
    ]);
  });

  it('a second Pod of an index, and one whose index is beyond the end, whatever the surplus', () => {
    const pods = [pod('a', 0, 1), pod('b', 0, 2), pod('c', 1, 3), pod('d', 7, 4)];
    expect(names({ completionMode: 'Indexed', completions: 2 }, pods, 0)).toEqual(['b', 'd']);
  });
});
