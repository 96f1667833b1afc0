import { describe, expect, it } from 'vitest';
import { schedule } from '@/kubernetes/scheduler/cycle';
import { PodInfo } from '@/kubernetes/scheduler/framework/pod-info';
import { cacheWith, node, pod } from './objects';

function scores(cache: ReturnType<typeof cacheWith>, incoming: ReturnType<typeof pod>) {
  const result = schedule(cache, new PodInfo(incoming));
  if (result.kind !== 'found') throw new Error('found no node');
  return Object.fromEntries(result.scores.map((one) => [one.node.name, { ...one.byPlugin, total: one.total }]));
}

describe('scores', () => {
  it('of an undemanding Pod on empty nodes', () => {
    expect(scores(cacheWith([node('a'), node('b')]), pod('p')).a).toEqual({
      TaintToleration: 300,
      NodeResourcesFit: 97,
      DynamicResources: 0,
      ImageLocality: 0,
      total: 397,
    });
  });

  it('leave balanced allocation at 75 when a Pod changes nothing about it', () => {
    const even = pod('p', { container: { resources: { requests: { cpu: '1', memory: '2Gi' } } } });
    expect(scores(cacheWith([node('a'), node('b')]), even).a).toMatchObject({
      NodeResourcesBalancedAllocation: 75,
      NodeResourcesFit: 75,
    });
  });

  it('count images between 23 and 1000 MiB, by name as text', () => {
    const images = [{ names: ['app:1'], sizeBytes: 1000 * 1024 * 1024 }];
    const cache = cacheWith([node('a', { images }), node('b', { images })]);
    expect(scores(cache, pod('p')).a).toMatchObject({ ImageLocality: 100 });
    expect(scores(cache, pod('p', { container: { image: 'docker.io/library/app:1' } })).a).toMatchObject({
      ImageLocality: 0,
    });
  });

  it('weigh disliked taints and preferred labels', () => {
    const cache = cacheWith([
      node('a', { spec: { taints: [{ key: 'x', effect: 'PreferNoSchedule' }] }, labels: { disk: 'ssd' } }),
      node('b'),
    ]);
    const preference = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] };
    const incoming = pod('p', {
      spec: {
        affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 7, preference }] } },
      },
    });
    const found = scores(cache, incoming);
    expect(found.a).toMatchObject({ TaintToleration: 0, NodeAffinity: 200 });
    expect(found.b).toMatchObject({ TaintToleration: 300, NodeAffinity: 0 });
  });

  // pkg/scheduler/framework/plugins/noderesources/fit.go `NewFit` gives its scorer no gate PodLevelResources
  it('overlook what the Pod as a whole asks for when free room is scored, and count it in the balance', () => {
    const nodes = [node('a', { allocatable: { cpu: '8', memory: '1Gi' } }), node('b')];
    const incoming = pod('p', { spec: { resources: { requests: { cpu: '4' } } } });
    expect(scores(cacheWith(nodes), incoming).a).toMatchObject({
      NodeResourcesFit: 89,
      NodeResourcesBalancedAllocation: 62,
    });
  });

  // pkg/scheduler/framework/types.go `getNonMissingContainerRequests`
  it('count what a Pod on a node asks for as a whole, and the usual only of what nobody names', () => {
    const whole = pod('old', { spec: { resources: { requests: { cpu: '2' } } } });
    const cache = cacheWith([node('a'), node('b')], { a: [whole] });
    const found = scores(cache, pod('p', { container: { resources: { requests: { cpu: '0', memory: '0' } } } }));
    // (4 − 2) ⁄ 4 of the CPU and all but 200 MiB of 8 GiB
    expect(found.a).toMatchObject({ NodeResourcesFit: Math.trunc((50 + 97) / 2) });
  });
});
