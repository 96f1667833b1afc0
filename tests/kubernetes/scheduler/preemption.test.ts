import { describe, expect, it } from 'vitest';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { PodDisruptionBudget } from '@/kubernetes/api/generated/policy-v1';
import { schedule } from '@/kubernetes/scheduler/cycle';
import { PodInfo } from '@/kubernetes/scheduler/framework/pod-info';
import type { ObjectReader } from '@/kubernetes/scheduler/framework/snapshot';
import { postFilter } from '@/kubernetes/scheduler/preemption/default-preemption';
import { attempt, cacheWith, node, noObjects, pod, portPod } from './objects';

/** A Pod that takes a share of the four CPUs of a node. */
function worker(name: string, priority: number, cpu: string, startTime?: string): Pod {
  const container = { resources: { requests: { cpu } } };
  return pod(name, { labels: { app: name }, spec: { priority }, container, status: { startTime } });
}

function preempt(bound: Record<string, readonly Pod[]>, incoming: Pod, objects = noObjects) {
  const cache = cacheWith(
    Object.keys(bound).map((name) => node(name)),
    bound,
    objects,
  );
  const result = schedule(cache, new PodInfo(incoming));
  if (result.kind !== 'unschedulable') throw new Error(`the Pod is ${result.kind}`);
  const { candidate, message } = postFilter(cache, result.filters, result.diagnosis);
  return { node: candidate?.node, victims: candidate?.pods.map((one) => one.pod.metadata.name), message };
}

describe('preemption', () => {
  const big = worker('big', 100, '4');

  it('takes no more Pods than it needs, and the least important ones', () => {
    const bound = { n: [worker('a', 10, '1'), worker('b', 0, '1'), worker('c', 5, '2')] };
    expect(preempt(bound, worker('in', 100, '1'))).toMatchObject({ node: 'n', victims: ['b'], message: '' });
  });

  it('spares the Pod that started earlier', () => {
    const bound = { n: [worker('new', 0, '2', '2026-01-01T02:00:00Z'), worker('old', 0, '2', '2026-01-01T01:00:00Z')] };
    expect(preempt(bound, worker('in', 100, '2')).victims).toEqual(['new']);
  });

  it.each<[string, Record<string, readonly Pod[]>]>([
    ['lowest highest priority', { x: [worker('a', 50, '4')], y: [worker('b', 10, '2'), worker('c', 10, '2')] }],
    [
      'smallest sum of priorities',
      { x: [worker('a', 10, '2'), worker('b', 10, '2')], y: [worker('c', 10, '2'), worker('d', 9, '2')] },
    ],
    ['fewest Pods', { x: [worker('a', 10, '2'), worker('b', 10, '2')], y: [worker('c', 10, '4')] }],
    [
      'latest start',
      { x: [worker('a', 10, '4', '2026-01-01T01:00:00Z')], y: [worker('b', 10, '4', '2026-01-01T02:00:00Z')] },
    ],
  ])('chooses the node whose victims have the %s', (_, bound) => {
    expect(preempt(bound, big).node).toBe('y');
  });

  it('avoids Pods under a disruption budget that is used up', () => {
    const budget: PodDisruptionBudget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'a', namespace: 'default', uid: 'b', creationTimestamp: '', resourceVersion: '1' },
      spec: { selector: { matchLabels: { app: 'a' } } },
      status: { currentHealthy: 1, desiredHealthy: 1, disruptionsAllowed: 0, expectedPods: 1 },
    };
    const objects: ObjectReader = {
      get: () => undefined,
      // The only list that preemption asks for is that of budgets.
      list: ((resource: string) =>
        resource === 'poddisruptionbudgets.policy' ? [budget] : []) as ObjectReader['list'],
    };
    expect(preempt({ x: [worker('a', 10, '4')], y: [worker('b', 20, '4')] }, big, objects).node).toBe('y');
  });

  it('touches nobody of the same priority', () => {
    const message = attempt(cacheWith([node('n')], { n: [worker('a', 100, '4')] }), big);
    expect(message).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: ' +
        '1 No preemption victims found for incoming pod.',
    );
  });

  it('says what is still in the way when eviction would not be enough', () => {
    const bound = { n: [worker('low', 0, '1'), worker('high', 1000, '3')] };
    expect(preempt(bound, big)).toEqual({
      node: undefined,
      victims: undefined,
      message: 'no new claims to deallocate, preemption: 0/1 nodes are available: 1 Insufficient cpu.',
    });
  });

  it('leaves what plugins counted as it was', () => {
    const spread = {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'web' } },
    };
    const web = (name: string) => portPod(name, 80, {}, { labels: { app: 'web' } });
    const incoming = portPod(
      'in',
      80,
      {},
      { labels: { app: 'web' }, spec: { priority: 1, topologySpreadConstraints: [spread] } },
    );
    const cache = cacheWith([node('x'), node('y')], { x: [web('a')], y: [web('b')] });
    const result = schedule(cache, new PodInfo(incoming));
    if (result.kind !== 'unschedulable') throw new Error('unexpected');
    const first = postFilter(cache, result.filters, result.diagnosis).candidate;
    const second = postFilter(cache, result.filters, result.diagnosis).candidate;
    expect(first?.node).toBe('x');
    expect(second).toEqual(first);
  });
});
