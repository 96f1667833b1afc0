import { expect, it } from 'vitest';
import { allocatableOf } from '@/kubernetes/kubelet/eviction/reservation';
import { oneNode } from './play';

// pkg/kubelet/cm/node_container_manager_linux.go; the numbers are those of a real v1.36.2 kubelet
it('keeps back from Pods what the kubelet wants to stay free', () => {
  const capacity = { cpu: '2', memory: '24684096Ki', 'ephemeral-storage': '264212084Ki', pods: '110' };
  expect(allocatableOf(capacity)).toEqual({
    cpu: '2',
    memory: '24581696Ki',
    'ephemeral-storage': '243497856212',
    pods: '110',
  });
});

it('is what a node says of itself', () => {
  const { status } = oneNode().store.get('nodes', undefined, 'node1') ?? {};
  expect(status?.capacity?.memory).toBe('8131544Ki');
  expect(status?.allocatable?.memory).toBe('8029144Ki');
});
