import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

// iproute2, bridge/link.c
describe('bridge', () => {
  const cluster = new Cluster({
    name: 'bridge',
    nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }],
  });
  cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: { nodeName: 'node1', containers: [{ name: 'web', image: 'nginx:1.25' }] },
  });
  cluster.advance(5000);
  const session = new Session(cluster, { kind: 'node', name: 'node1' });
  const type = (line: string) => cluster.run(runLine(session, line));

  it('lists the ports of bridges', () => {
    const port =
      /^\d+: veth\w+@\w+: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master cni0 state forwarding priority 32 cost 2 \n$/;
    expect(type('bridge link').stdout).toMatch(port);
    expect(type('bridge link show master cni0').stdout).toMatch(port);
    expect(type('bridge link show dev cni0').stdout).toBe('');
  });

  it('knows no other machine’s interfaces, and says what is not simulated', () => {
    expect(type('bridge link show dev eth7').stderr).toBe('Cannot find device "eth7"\n');
    expect(type('bridge fdb').stderr).toBe('bridge: only its ports (bridge link) are simulated\n');
  });
});
