import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deltaOf, patched } from '@/playground/session/delta';

const plain = fc.jsonValue({ maxDepth: 4 });

describe('what became of a value', () => {
  test('gives the new value, applied to the old one', () => {
    fc.assert(
      fc.property(plain, plain, (before, after) => {
        expect(patched(before, deltaOf(before, after))).toEqual(after);
      }),
    );
  });

  test('is nothing between equals, which stay the very same', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(deltaOf(value, structuredClone(value))).toBeUndefined();
        expect(patched(value, undefined)).toBe(value);
      }),
    );
  });

  test('keeps what did not change, wherever it stands now', () => {
    const before = {
      rooms: [
        { key: 'a', doors: [1] },
        { key: 'c', doors: [3] },
        { key: 'd', doors: [4] },
      ],
      note: { of: 1 },
    };
    const after = {
      rooms: [
        { key: 'a', doors: [1] },
        { key: 'b', doors: [2] },
        { key: 'c', doors: [3, 33] },
        { key: 'd', doors: [4] },
      ],
      note: { of: 1 },
    };
    const delta = structuredClone(deltaOf(before, after));
    const now = patched(before, delta) as typeof after;
    expect(now).toEqual(after);
    expect(now.note).toBe(before.note);
    expect(now.rooms[0]).toBe(before.rooms[0]);
    expect(now.rooms[3]).toBe(before.rooms[2]);
  });

  test('does not mistake rows that begin alike', () => {
    const before = [
      ['5s', 'Pulled', 'pod/a'],
      ['5s', 'Created', 'pod/a'],
    ];
    const after = [
      ['6s', 'Pulled', 'pod/a'],
      ['6s', 'Created', 'pod/a'],
      ['1s', 'Started', 'pod/a'],
    ];
    expect(patched(before, deltaOf(before, after))).toEqual(after);
  });
});
