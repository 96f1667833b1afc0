import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

describe('numbers of interfaces', () => {
  it('go on after the Pods that are gone, and name the other end of a node that is a container', () => {
    const cluster = simulate({
      name: 'numbers',
      nodes: [
        { name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24', nextPodAddress: 41, interfacePeer: 7 },
      ],
    });
    cluster.client().create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default' },
      spec: { nodeName: 'node1', containers: [{ name: 'main', image: 'nginx:1.25' }] },
    });
    cluster.advance(8000);
    const session = new Session(cluster, parsePlace('node1', []));
    const { stdout } = cluster.run(runLine(session, 'ip link | grep ^[0-9] | cut -d: -f1,2'));
    expect(stdout).toMatch(/^1: lo\n2: eth0@if7\n3: cni0\n43: veth\w{8}@if2\n$/);
  });
});
