import { describe, expect, it } from 'vitest';
import { feasibleNodesToFind, schedule } from '@/kubernetes/scheduler/cycle';
import { PodInfo } from '@/kubernetes/scheduler/framework/pod-info';
import { NodeTree } from '@/kubernetes/scheduler/node-tree';
import { heapRoot } from '@/kubernetes/scheduler/select-host';
import { cacheWith, node, pod } from './objects';

const zoned = (name: string, zone: string) => node(name, { labels: { 'topology.kubernetes.io/zone': zone } });

describe('the choice among scored nodes', () => {
  const winner = (totals: number[]) => heapRoot(totals.map((total, i) => ({ total, i })))?.i;

  it('is the first when all are equal', () => {
    expect(winner([300, 300, 300, 300, 300])).toBe(0);
  });

  it('is the root of the heap, which need not be the first of the best', () => {
    expect(winner([462, 462, 468, 468])).toBe(3);
    expect(winner([1, 5, 5])).toBe(1);
  });

  it('is always one of the best', () => {
    for (let mask = 0; mask < 128; mask++) {
      const totals = Array.from({ length: 7 }, (_, i) => (mask >> i) & 1);
      expect(totals[winner(totals) ?? -1]).toBe(Math.max(...totals));
    }
  });
});

describe('the node list', () => {
  it('takes a node of each zone in turn, zones in order of appearance, nodes in order of arrival', () => {
    const tree = new NodeTree();
    for (const [name, zone] of [
      ['n4', 'b'],
      ['n1', 'a'],
      ['n3', 'b'],
      ['n2', 'a'],
      ['n0', 'b'],
    ]) {
      tree.put(zoned(name ?? '', zone ?? ''));
    }
    expect(tree.list()).toEqual(['n4', 'n1', 'n3', 'n2', 'n0']);
    tree.remove('n4');
    expect(tree.list()).toEqual(['n3', 'n1', 'n0', 'n2']);
  });

  it('does not notice that nodes went and came back between two cycles', () => {
    const cache = cacheWith([node('a'), node('b')]);
    for (const name of ['a', 'b']) cache.removeNode(name);
    for (const name of ['b', 'a']) cache.putNode(node(name));
    cache.refresh();
    expect(cache.nodes.map((one) => one.name)).toEqual(['a', 'b']);
    cache.putNode(node('c'));
    cache.refresh();
    expect(cache.nodes.map((one) => one.name)).toEqual(['b', 'a', 'c']);
  });

  it('is read from where the cycle before stopped', () => {
    const cache = cacheWith([node('a'), node('b'), node('c')]);
    const pinned = pod('p', {
      spec: {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['c'] }] }],
            },
          },
        },
      },
    });
    const first = schedule(cache, new PodInfo(pinned));
    expect(first).toMatchObject({ kind: 'found', node: 'c', next: 1 });
    const second = schedule(cache, new PodInfo(pod('q')), { start: first.next });
    expect(second).toMatchObject({ node: 'b', next: 1 });
  });

  it.each([
    [1, 1],
    [99, 99],
    [100, 100],
    [250, 120],
    [1000, 420],
    [5000, 500],
    [6000, 300],
  ])('of %i nodes, %i feasible ones are enough', (nodes, enough) => {
    expect(feasibleNodesToFind(nodes)).toBe(enough);
  });
});
