import { expect, it } from 'vitest';
import type { Cluster } from '@/kubernetes/cluster';
import { events, oneNode } from './play';

function cordon(cluster: Cluster, unschedulable: boolean): void {
  const node = cluster.client().get('nodes', undefined, 'node1');
  if (!node) throw new Error('no node1');
  cluster.client().update('nodes', { ...node, spec: { ...node.spec, unschedulable } });
}

// pkg/kubelet/kubelet_node_status.go `recordNodeSchedulableEvent`
it('tells of a cordon and of its end with the next report, and of each once', () => {
  const cluster = oneNode();
  cluster.advance(30_000);
  cordon(cluster, true);
  cluster.advance(40_000);
  expect(events(cluster, 'node1').filter((line) => line.includes('chedulable'))).toEqual([
    'Normal NodeNotSchedulable Node node1 status is now: NodeNotSchedulable',
  ]);
  cordon(cluster, false);
  cluster.advance(40_000);
  expect(events(cluster, 'node1').filter((line) => line.includes('chedulable'))).toEqual([
    'Normal NodeNotSchedulable Node node1 status is now: NodeNotSchedulable',
    'Normal NodeSchedulable Node node1 status is now: NodeSchedulable',
  ]);
});
