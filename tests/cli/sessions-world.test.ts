import { describe, expect, it } from 'vitest';
import { sessionsWorld } from '@/cli/replay/sessions-world';

const worldOf = (text: string) => sessionsWorld('w', { file: 'w.json', world: () => text }, '2026-11-21T08:00:00Z');

describe('the world of a recorded session', () => {
  it('knows its administrator by a token where its file says so', () => {
    const nodes = 'places: {node1: {ip: 10.0.0.11, podCIDR: 10.244.1.0/24}}\n';
    expect(worldOf(nodes).administrator).toBeUndefined();
    expect(
      worldOf(`${nodes}differsFromStock: [API server tokens instead of client certificates]\n`).administrator,
    ).toEqual({
      uid: 'kubernetes-admin',
      groups: ['system:masters'],
    });
  });

  it('has cgroups of version 1 where its file says so', () => {
    const nodes = 'places: {node1: {ip: 10.0.0.11, podCIDR: 10.244.1.0/24}}\n';
    expect(worldOf(nodes).cgroups).toBe('v2');
    expect(worldOf(`${nodes}differsFromStock: [cgroup v1 (failCgroupV1 is false)]\n`).cgroups).toBe('v1');
  });
});
