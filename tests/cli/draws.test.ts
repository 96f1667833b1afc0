import { describe, expect, it } from 'vitest';
import { draws, nearestDraw } from '@/cli/replay/draws';
import { Tally } from '@/cli/replay/tally';

/** A session of five steps, of which the draw with this seed gets so many wrong. */
const session = (id: string, wrongWith: (seed: number) => number) => {
  const seeds: number[] = [];
  const outcome = nearestDraw((seed) => {
    seeds.push(seed);
    const wrong = wrongWith(seed);
    return { outcome: { id, equal: wrong === 0, got: seed, differences: [] }, wrong, steps: 5, wrongSteps: wrong };
  });
  return { seeds, outcome };
};

describe('draws of the lot', () => {
  it('stop at the first that is equal', () => {
    const { seeds, outcome } = session('a', (seed) => Math.max(0, 3 - seed));
    expect(seeds).toEqual([1, 2, 3]);
    expect(outcome).toMatchObject({ equal: true, got: 3 });
    expect(outcome.draws).toEqual({ steps: 5, nearest: 0, first: 2, firstEqual: false });
  });

  it('give the nearest where none is equal, of several the first', () => {
    const { seeds, outcome } = session('b', (seed) => (seed % 4 === 0 ? 1 : 2));
    expect(seeds).toHaveLength(draws);
    expect(outcome).toMatchObject({ equal: false, got: 4 });
  });

  it('are told apart in the sum of a replay', () => {
    const tally = new Tally();
    tally.add(session('a', (seed) => Math.max(0, 3 - seed)).outcome);
    tally.add(session('b', (seed) => (seed % 4 === 0 ? 1 : 2)).outcome);
    tally.add(session('c', () => 0).outcome);
    expect(tally.text().split('\n')).toEqual([
      'Where the lot decides (ties, back ends, how far waits are stretched), it was drawn up to 12 times:',
      '    with the first draw alone:  1 of 3 cases equal, 4 of 15 steps differ',
      '    with the nearest draw:      2 of 3 cases equal, 1 of 15 steps differ',
      '2 passed, 1 failed',
      '',
    ]);
  });

  it('are not spoken of where nothing is drawn', () => {
    const tally = new Tally();
    tally.add({ id: 'x', equal: true, got: null, differences: [] });
    expect(tally.text()).toBe('1 passed, 0 failed\n');
  });
});
