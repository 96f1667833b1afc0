// Upstream: pkg/kubelet/preemption/preemption.go; the texts and their order are those of a real v1.36.2 kubelet.
import { describe, expect, it } from 'vitest';
import type { Container } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import { events, oneNode, pod, run } from './play';

/** The node has 8131544Ki, of which Pods may have 8029144Ki. */
const asks = (memory: string, image = 'busybox'): Partial<Container> => ({
  image,
  command: ['sleep', '3600'],
  resources: { requests: { memory } },
});
const critical = { priorityClassName: 'system-node-critical' };

const endedFor = (cluster: Cluster, names: readonly string[]) =>
  names.filter((name) => pod(cluster, name).status.reason === 'Preempting');

describe('a critical Pod for which there is no room', () => {
  it('is taken as soon as others have ended for it', () => {
    const cluster = oneNode();
    run(cluster, 'big', asks('7Gi'), { terminationGracePeriodSeconds: 4 });
    cluster.advance(5000);
    run(cluster, 'crit', asks('4Gi'), critical);
    cluster.advance(2000);
    // The kubelet waits until nothing of the other runs any more.
    expect(pod(cluster, 'crit').status.phase).toBe('Pending');
    expect(events(cluster, 'crit')).toEqual([]);
    cluster.advance(8000);
    const { status } = pod(cluster, 'big');
    expect(status).toMatchObject({
      phase: 'Failed',
      reason: 'Preempting',
      message: 'Preempted in order to admit critical pod',
    });
    expect(status.conditions?.[0]).toMatchObject({
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'TerminationByKubelet',
      message: 'Pod was preempted by Kubelet to accommodate a critical pod.',
    });
    expect(status.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(137);
    expect(events(cluster, 'big').slice(-2)).toEqual([
      'Warning Preempting Preempted in order to admit critical pod',
      'Normal Killing Stopping container main',
    ]);
    expect(pod(cluster, 'crit').status.phase).toBe('Running');
  });

  it('takes the place of as few Pods as can be, and of those that promise least', () => {
    const cluster = oneNode();
    const resources = { requests: { memory: '2Gi', cpu: '100m' }, limits: { memory: '2Gi', cpu: '100m' } };
    run(cluster, 'guaranteed', { image: 'busybox', command: ['sleep', '3600'], resources });
    run(cluster, 'small', asks('1Gi'));
    run(cluster, 'middle', asks('2Gi'));
    run(cluster, 'large', asks('2500Mi'));
    cluster.advance(5000);
    run(cluster, 'crit', asks('2Gi'), critical);
    cluster.advance(40_000);
    expect(endedFor(cluster, ['guaranteed', 'small', 'middle', 'large'])).toEqual(['middle']);
    expect(pod(cluster, 'crit').status.phase).toBe('Running');
  });

  it('holds up Pods that come meanwhile: no two of them get one port', () => {
    const cluster = oneNode();
    run(cluster, 'big', asks('7Gi'), { terminationGracePeriodSeconds: 4 });
    cluster.advance(5000);
    const ports = [{ containerPort: 80, hostPort: 80 }];
    run(cluster, 'crit', { ...asks('4Gi'), ports }, critical);
    cluster.advance(500);
    run(cluster, 'web', { ...asks('1Mi'), ports });
    run(cluster, 'gone', asks('1Mi'));
    cluster.advance(500);
    cluster.client().delete('pods', 'default', 'gone', { gracePeriodSeconds: 0 });
    cluster.advance(15_000);
    expect(pod(cluster, 'crit').status.phase).toBe('Running');
    expect(pod(cluster, 'web').status.reason).toBe('NodePorts');
    const known = [...(cluster.runtimes.get('node1')?.podReferences() ?? [])].map(({ name }) => name);
    expect(known).toEqual(['big', 'crit']);
  });

  it('frees no port', () => {
    const cluster = oneNode();
    const web: Partial<Container> = { ...asks('1Mi'), ports: [{ containerPort: 80, hostPort: 80 }] };
    run(cluster, 'web', web);
    cluster.advance(5000);
    run(cluster, 'crit', web, critical);
    cluster.advance(5000);
    expect(pod(cluster, 'crit').status).toMatchObject({
      phase: 'Failed',
      reason: 'NodePorts',
      message:
        "Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
    });
    expect(pod(cluster, 'web').status.phase).toBe('Running');
  });

  it('is refused where all Pods together hold too little', () => {
    const cluster = oneNode();
    run(cluster, 'small', asks('1Gi'));
    cluster.advance(5000);
    run(cluster, 'crit', asks('9Gi'), critical);
    cluster.advance(5000);
    const missing = 9 * 1024 ** 3 - (8029144 * 1024 - 1024 ** 3) - 1024 ** 3;
    expect(pod(cluster, 'crit').status).toMatchObject({
      reason: 'UnexpectedAdmissionError',
      message: `Pod was rejected: Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: no set of running pods found to reclaim resources: [(res: memory, q: ${missing}), ]`,
    });
  });

  it('of no such priority is refused at once', () => {
    const cluster = oneNode();
    run(cluster, 'big', asks('7Gi'));
    cluster.advance(5000);
    run(cluster, 'other', asks('4Gi'));
    cluster.advance(1000);
    expect(pod(cluster, 'other').status.reason).toBe('OutOfmemory');
  });
});
