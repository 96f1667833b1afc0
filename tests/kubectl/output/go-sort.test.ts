import { describe, expect, it } from 'vitest';
import { goSort } from '@/kubectl/output/go-sort';

/** Where elements with these keys stood before they were sorted. */
function order(keys: readonly number[]): number[] {
  const elements = keys.map((key, place) => ({ key, place }));
  return goSort(elements, (a, b) => a.key < b.key).map(({ place }) => place);
}

describe('Go sorts', () => {
  // What a program with Go's own package `sort` makes of the same keys.
  it.each<[number[], number[]]>([
    [
      [7, 11, 11, 7, 8, 5, 9, 11, 1],
      [8, 5, 0, 3, 4, 6, 1, 2, 7],
    ],
    [
      [6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0],
      [12, 11, 10, 8, 9, 6, 7, 5, 4, 3, 2, 0, 1],
    ],
    [
      [
        0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1,
        2, 3, 4, 5,
      ],
      [
        7, 14, 28, 0, 21, 35, 36, 8, 29, 1, 15, 22, 30, 9, 37, 2, 23, 16, 10, 24, 38, 3, 17, 31, 11, 32, 39, 18, 4, 25,
        19, 33, 5, 12, 26, 40, 13, 6, 34, 27, 20,
      ],
    ],
    [
      [
        0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1,
        2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0,
      ],
      [
        35, 21, 0, 49, 28, 14, 42, 7, 15, 22, 1, 36, 8, 29, 43, 9, 16, 30, 44, 2, 23, 37, 24, 17, 3, 10, 38, 45, 31, 46,
        4, 18, 32, 39, 11, 25, 12, 5, 19, 33, 40, 47, 26, 20, 13, 27, 6, 41, 48, 34,
      ],
    ],
  ])('%j', (keys, places) => {
    expect(order(keys)).toEqual(places);
  });

  it('any list', () => {
    for (let length = 0; length < 300; length++) {
      const keys = Array.from({ length }, (_, i) => (i * 7919) % (length % 17 || 1));
      expect(order(keys).map((place) => keys[place])).toEqual([...keys].sort((a, b) => a - b));
    }
  });

  it('what says of its equals that they are less by putting the last first', () => {
    expect(goSort(['a', 'b', 'c'], () => true)).toEqual(['c', 'b', 'a']);
  });
});
