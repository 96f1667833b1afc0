import { describe, expect, test } from 'vitest';
import { findWorld } from '@/course/worlds';
import { Engine } from '@/playground/session/engine';

const host = (name: string, extra = '') => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  hostNetwork: true
  ${extra}
  containers:
    - { name: nginx, image: nginx:alpine }
`;

function engine(world: string): Engine {
  const found = findWorld(world);
  if (!found) throw new Error('no such world');
  return new Engine(found);
}

const states = (lab: Engine, key: string) => lab.why(key)?.doors.map(({ door, state }) => `${door} ${state}`);

describe('why a Pod is as it is', () => {
  test('it has passed everyone', () => {
    const lab = engine('one-node-cce');
    lab.perform({ kind: 'apply', file: 'a.yaml', text: host('a') });
    lab.perform({ kind: 'advance', by: 10_000 });
    expect(states(lab, 'default/a')).toEqual(['api passed', 'scheduler passed', 'kubelet passed', 'kernel passed']);
    const doors = lab.why('default/a')?.doors ?? [];
    expect(doors[1]?.text).toBe('Successfully assigned default/a to 10.1.0.55');
    expect(doors[3]?.text).toBe('0.0.0.0:80/TCP, [::]:80/TCP');
    expect(lab.why('default/none')).toBeUndefined();
  });

  test('the kernel refuses a port, and tells who holds it', () => {
    const lab = engine('one-node-cce');
    lab.perform({ kind: 'apply', file: 'a.yaml', text: host('a') });
    lab.perform({ kind: 'advance', by: 10_000 });
    lab.perform({ kind: 'apply', file: 'b.yaml', text: host('b') });
    lab.perform({ kind: 'advance', by: 10_000 });
    expect(states(lab, 'default/b')).toEqual(['api passed', 'scheduler passed', 'kubelet passed', 'kernel refused']);
    const kernel = lab.why('default/b')?.doors[3];
    expect(kernel?.text).toMatch(/^bind (0\.0\.0\.0|\[::\]):80: Address already in use$/);
    expect(kernel?.because.join()).toContain('is held by nginx of Pod a');
    // At an earlier moment it had not come so far.
    expect(lab.why('default/a', 100)?.doors.map(({ state }) => state)).not.toContain('refused');
  });

  test('the scheduler refuses every node, and tells by which plug-in, looking at what', () => {
    const lab = engine('lab-4');
    const port = (name: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n  nodeSelector: { kubernetes.io/hostname: w1 }\n  containers:\n    - { name: c, image: nginx:alpine, ports: [{ containerPort: 80, hostPort: 8080 }] }\n`;
    for (const name of ['a', 'b']) lab.perform({ kind: 'apply', file: `${name}.yaml`, text: port(name) });
    lab.perform({ kind: 'advance', by: 5_000 });
    expect(states(lab, 'default/b')).toEqual(['api passed', 'scheduler refused', 'kubelet ahead', 'kernel ahead']);
    const why = lab.why('default/b');
    expect(why?.doors[1]?.text).toMatch(/^0\/4 nodes are available: /);
    const w1 = why?.attempt?.nodes.find((node) => node.node === 'w1');
    expect(w1).toMatchObject({
      refusedBy: 'NodePorts',
      reasons: ["node(s) didn't have free ports for the requested pod ports"],
    });
    expect(w1?.because.join()).toContain('8080/TCP');
    expect(w1?.plugins.find((plugin) => plugin.plugin === 'NodePorts')?.verdict).toBe('refused');
  });

  test('the kubelet refuses a Pod that was put on its node past the scheduler', () => {
    const lab = engine('one-node-cce');
    const ports = (name: string) =>
      host(name, 'nodeName: 10.1.0.55').replace(
        'image: nginx:alpine',
        'image: nginx:alpine, ports: [{ containerPort: 80 }]',
      );
    lab.perform({ kind: 'apply', file: 'a.yaml', text: ports('a') });
    lab.perform({ kind: 'advance', by: 10_000 });
    lab.perform({ kind: 'apply', file: 'b.yaml', text: ports('b') });
    lab.perform({ kind: 'advance', by: 5_000 });
    expect(states(lab, 'default/b')?.[2]).toBe('kubelet refused');
    // pkg/kubelet/lifecycle/predicate.go
    expect(lab.why('default/b')?.doors[2]?.text).toMatch(/Predicate NodePorts failed/);
  });
});
