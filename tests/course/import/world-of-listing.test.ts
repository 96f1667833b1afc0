import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { playScript } from '@/course/play-script';
import { worldSchema } from '@/course/world-schema';
import { readWorld } from '@/course/worlds';

const listing = readFileSync(new URL('./listing.yaml', import.meta.url), 'utf8');
const world = readWorld(listing, 'clusters/prod.yaml');

describe('a listing of a real cluster as a world', () => {
  test('is a world file as one may write it', () => {
    expect(worldSchema.parse(world)).toMatchObject({ name: 'prod', kubernetes: '1.35', release: 'v1.35.4' });
  });

  test('has the machines, their own labels and taints, and a client beside them', () => {
    expect(world.lan).toBe('192.168.7.0/24');
    expect(world.podCIDR).toBe('10.42.0.0/16');
    expect(world.machines).toEqual([{ name: 'client', ip: '192.168.7.101', interface: 'eth0' }]);
    expect(world.nodes).toMatchObject([
      { name: 'cp-0', roles: ['control-plane'], taints: [{ key: 'node-role.kubernetes.io/control-plane' }] },
      { name: 'worker-a', hostname: 'worker-a.lan', labels: { disk: 'ssd' }, internalIP: '192.168.7.11' },
    ]);
    expect(world.nodes[1]).not.toHaveProperty('taints');
    expect(world.nodes[0]).not.toHaveProperty('labels');
  });

  test('has stand-ins for what runs there, without what they point to', () => {
    expect(world.objects).toEqual([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ingress' } },
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'ingress' } },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'ingress', namespace: 'ingress' },
        spec: {
          type: 'NodePort',
          selector: { app: 'ingress' },
          ports: [{ nodePort: 30080, port: 80, targetPort: 80 }],
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'ingress-x7k2p', namespace: 'ingress', labels: { app: 'ingress' } },
        spec: {
          nodeName: 'worker-a',
          automountServiceAccountToken: false,
          containers: [
            {
              name: 'controller',
              image: expect.stringContaining('registry.example/ingress@sha256:'),
              ports: [{ containerPort: 80, hostPort: 80, protocol: 'TCP' }],
              resources: { requests: { cpu: '100m' } },
            },
          ],
        },
      },
    ]);
  });

  test('holds the ports that the real one holds', () => {
    const files = {
      'web.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - {name: c, image: "nginx:alpine", ports: [{containerPort: 80, hostPort: 80}]}\n',
    };
    const script =
      'kubectl get pods -A -o wide\nkubectl apply -f web.yaml\nsleep 5\nkubectl describe pod web\nkubectl get svc -n ingress';
    const [pods, , , described, services] = playScript({ world, script, files });
    expect(pods?.stdout).toMatch(/ingress +ingress-x7k2p +1\/1 +Running +0 +.*worker-a/);
    // pkg/scheduler/framework/plugins: nodeports/node_ports.go, tainttoleration/taint_toleration.go
    expect(described?.stdout).toContain(
      "0/2 nodes are available: 1 node(s) didn't have free ports for the requested pod ports, 1 node(s) had untolerated taint(s).",
    );
    expect(services?.stdout).toContain('80:30080/TCP');
  });

  test('needs a node', () => {
    expect(() => readWorld('kind: List\napiVersion: v1\nitems: []\n', 'empty.yaml')).toThrow(
      'empty.yaml lists no node with an InternalIP: get nodes,pods -A -o yaml',
    );
  });
});
