import { describe, expect, it } from 'vitest';
import { events, oneNode, pod, run } from './play';

describe('a kubelet that starts', () => {
  // kubelet.go `BirthCry`, images/image_gc_manager.go, kubelet_node_status.go `initialNode`
  it('says so, and what it has found', () => {
    const cluster = oneNode();
    cluster.advance(1000);
    expect(events(cluster, 'node1').filter((text) => text.includes('kubelet'))).toEqual([]);
    cluster.stop('kubelet/node1');
    cluster.advance(1000);
    cluster.start('kubelet/node1');
    cluster.advance(1000);
    expect(events(cluster, 'node1')).toEqual(
      expect.arrayContaining([
        'Normal Starting Starting kubelet.',
        'Warning InvalidDiskCapacity invalid capacity 0 on image filesystem',
        'Normal NodeHasSufficientMemory Node node1 status is now: NodeHasSufficientMemory',
        'Normal NodeHasNoDiskPressure Node node1 status is now: NodeHasNoDiskPressure',
        'Normal NodeHasSufficientPID Node node1 status is now: NodeHasSufficientPID',
        'Normal NodeAllocatableEnforced Updated Node Allocatable limit across pods',
      ]),
    );
  });

  // kubelet_node_status.go `registerWithAPIServer`: `registrationCompleted`
  it('registers its node, and does so only then', () => {
    const cluster = oneNode();
    const there = () => cluster.client().get('nodes', undefined, 'node1') !== undefined;
    cluster.client().delete('nodes', undefined, 'node1');
    cluster.advance(60_000);
    expect(there()).toBe(false);
    cluster.stop('kubelet/node1');
    cluster.start('kubelet/node1');
    expect(there()).toBe(true);
  });
});

describe('a kubelet refuses', () => {
  // pkg/kubelet/lifecycle/predicate.go `Admit`
  it('a Pod for another operating system', () => {
    const cluster = oneNode();
    run(cluster, 'web', { image: 'nginx:1.25' }, { os: { name: 'windows' } });
    cluster.advance(2000);
    const text = "Failed to admit pod as the OS field doesn't match node OS";
    expect(pod(cluster, 'web').status).toMatchObject({
      phase: 'Failed',
      reason: 'PodOSNotSupported',
      message: `Pod was rejected: ${text}`,
    });
    expect(events(cluster, 'web')).toEqual([`Warning PodOSNotSupported ${text}`]);
  });

  it('no Pod for want of a resource that its node does not know', () => {
    const cluster = oneNode();
    const limits = { 'example.com/disk': '1' };
    run(cluster, 'web', { image: 'nginx:1.25', resources: { limits, requests: limits } });
    cluster.advance(3000);
    expect(pod(cluster, 'web').status.phase).toBe('Running');
  });
});
