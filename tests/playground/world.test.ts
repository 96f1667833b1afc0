import { describe, expect, test } from 'vitest';
import { findWorld } from '@/course/worlds';
import { playScript } from '@/course/play-script';
import {
  podSecurityOf,
  processesText,
  readProcesses,
  readTaints,
  taintsText,
  withNodeCount,
  withPodSecurity,
} from '@/playground/world/edit-world';
import { type TroubleName, troubleLine, troubleNames } from '@/playground/world/troubles';
import { ownWorld } from '@/playground/world/own-world';
import type { WorldFile } from '@/kubernetes/world';

function world(name: string): WorldFile {
  const found = findWorld(name);
  if (!found) throw new Error(`no world ${name}`);
  return found;
}

describe('the number of nodes', () => {
  test('new nodes are workers like the last one, with names, addresses and ranges of their own', () => {
    const { nodes } = withNodeCount(world('lab-4'), 6);
    expect(nodes.slice(3)).toMatchObject([
      { name: 'w3', internalIP: '10.0.0.13', podCIDR: '10.244.3.0/24' },
      { name: 'w4', internalIP: '10.0.0.14', podCIDR: '10.244.4.0/24' },
      { name: 'w5', internalIP: '10.0.0.15', podCIDR: '10.244.5.0/24' },
    ]);
  });

  test('beside a control plane alone comes a worker without its taint', () => {
    const { nodes } = withNodeCount({ ...world('lab-4'), nodes: world('lab-4').nodes.slice(0, 1) }, 2);
    expect(nodes[1]).toMatchObject({ name: 'cp2', internalIP: '10.0.0.11' });
    expect(nodes[1]).not.toHaveProperty('taints');
  });

  test('a node that is called by its address stays so', () => {
    const { nodes } = withNodeCount(world('one-node-cce'), 2);
    expect(nodes[1]).toMatchObject({ name: '10.1.0.56', internalIP: '10.1.0.56', podCIDR: '172.16.0.128/25' });
  });

  test('one node stays, and twenty are the most', () => {
    expect(withNodeCount(world('lab-4'), 0).nodes).toHaveLength(1);
    expect(withNodeCount(world('lab-4'), 999).nodes).toHaveLength(100);
  });

  test('a cluster of more nodes comes up', () => {
    const [nodes] = playScript({ world: withNodeCount(world('vm-3'), 5), script: 'kubectl get nodes' });
    expect(nodes?.stdout.match(/ Ready /g)).toHaveLength(5);
  });
});

describe('what is written in a field', () => {
  test('taints', () => {
    const text = 'dedicated=web:NoSchedule gpu:NoExecute';
    expect(readTaints(text)).toEqual([
      { key: 'dedicated', value: 'web', effect: 'NoSchedule' },
      { key: 'gpu', effect: 'NoExecute' },
    ]);
    expect(taintsText(readTaints(text))).toBe(text);
    expect(readTaints('')).toEqual([]);
    expect(readTaints('gpu')).toBeUndefined();
    expect(readTaints('gpu:Never')).toBeUndefined();
  });

  test('programs and their ports', () => {
    const text = 'sshd:22 dnsmasq:53/UDP';
    expect(processesText(readProcesses(text))).toBe(text);
    expect(readProcesses('sshd:22')).toEqual([
      {
        command: 'sshd',
        listens: [
          { address: '0.0.0.0', port: 22 },
          { address: '::', port: 22 },
        ],
      },
    ]);
    expect(readProcesses('sshd:0')).toBeUndefined();
    expect(readProcesses('sshd')).toBeUndefined();
  });
});

describe('the Pod Security of default', () => {
  test('is a label of the namespace, which the cluster enforces', () => {
    const strict = withPodSecurity(world('one-node-cce'), 'baseline');
    expect(podSecurityOf(strict)).toBe('baseline');
    const [refused] = playScript({
      world: strict,
      script: 'kubectl run web --image=nginx:alpine --overrides=\'{"spec":{"hostNetwork":true}}\'',
    });
    expect(refused?.stderr).toContain('violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)');
    expect(podSecurityOf(withPodSecurity(strict, 'privileged'))).toBe('privileged');
    expect(withPodSecurity(strict, 'privileged').objects).toEqual(world('one-node-cce').objects);
  });
});

test('a world from outside is looked at before it is played', () => {
  expect(ownWorld(JSON.parse(JSON.stringify(world('vm-3'))))).toEqual(world('vm-3'));
  expect(ownWorld({ name: 'x', nodes: [] })).toBeUndefined();
  expect(ownWorld({ name: 'x', nodes: [{ name: 'a' }] })).toBeUndefined();
  const node = { name: 'a', internalIP: '10.0.0.1' };
  expect(ownWorld({ name: 'x', nodes: Array.from({ length: 1_001 }, () => node) })).toBeUndefined();
});

describe('troubles', () => {
  test('every one of them is a line that the cluster understands', () => {
    const lab = { ...world('lab-4'), dns: true };
    for (const name of troubleNames) {
      const trouble = troubleLine(name, 'w1', lab);
      if (!trouble) throw new Error(`no line for ${name}`);
      // What is given back has to be taken away first.
      const before: TroubleName | undefined = name === 'reconnect' ? 'cutOff' : undefined;
      const lines = [before && troubleLine(before, 'w1', lab), trouble].flatMap((one) => one ?? []);
      const script = lines.map(({ place, line }) => `@${place} ${line}`).join('\n');
      const last = playScript({ world: lab, script }).at(-1);
      expect([name, last?.exitCode, last?.stderr.replace(/^node\/w1 cordoned|Warning:.*/gm, '').trim()]).toEqual([
        name,
        0,
        '',
      ]);
    }
  });

  test('CoreDNS is stopped only where it runs', () => {
    expect(troubleLine('dnsStop', 'w1', world('lab-4'))).toBeUndefined();
  });

  test('the machine of the API server is left alone', () => {
    expect(troubleLine('powerOff', 'cp1', world('lab-4'))).toBeUndefined();
    expect(troubleLine('powerOff', '10.1.0.55', world('one-node-cce'))).toBeUndefined();
    expect(troubleLine('schedulerStop', '10.1.0.55', world('one-node-cce'))).toBeUndefined();
    expect(troubleLine('addNode', 'w1', world('lab-4'))?.line).toBe('portbound node add w4 10.0.0.14');
  });
});
