import { describe, expect, it } from 'vitest';
import { runAll, type Start } from '@/cli/replay/driver';
import { simulate } from '@/course/simulation';

const world = { name: 'one-node', nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }] };

describe('commands of a recording', () => {
  const times = (manner: 'at once' | 'in turn') => {
    const cluster = simulate(world);
    const begin = cluster.clock.now;
    const lasting = (at: number, duration: number): Start<string> => ({
      at: begin + at,
      *run() {
        yield { until: cluster.clock.now + duration };
        return 'done';
      },
    });
    const finished = runAll(cluster, [lasting(0, 700), lasting(100, 50), lasting(1000, 0)], manner);
    return finished.map(({ began, ended }) => [began - begin, ended - begin]);
  };

  it('run side by side, as in several terminals', () => {
    expect(times('at once')).toEqual([
      [0, 700],
      [100, 150],
      [1000, 1000],
    ]);
  });

  it('take their own time to begin after the one before', () => {
    const cluster = simulate(world);
    const begin = cluster.clock.now;
    const start = (at: number, duration: number): Start<string> => ({
      at: begin + at,
      lead: 80,
      *run() {
        yield { until: cluster.clock.now + duration };
        return 'done';
      },
    });
    const finished = runAll(cluster, [start(80, 500), start(180, 0), start(1080, 0)], 'in turn');
    expect(finished.map(({ began }) => began - begin)).toEqual([80, 660, 1080]);
  });

  it('wait for the one before, as in a script', () => {
    expect(times('in turn')).toEqual([
      [0, 700],
      [700, 750],
      [1000, 1000],
    ]);
  });
});
