import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '@/manifest/apply-edits';
import { highlightLine } from '@/playground/editor/highlight';
import { markersAt } from '@/playground/editor/marker';
import { fulfil, readWish, wishFragment } from '@/playground/fragment';
import { shorten } from '@/playground/picture/geometry';
import { cut } from '@/playground/session/printed';
import { clockText } from '@/playground/time';

describe('YAML colours', () => {
  test('tell keys, values, numbers and comments apart', () => {
    expect(highlightLine('  - hostPort: 8080 # bell')).toEqual([
      { kind: 'plain', text: '  - ' },
      { kind: 'key', text: 'hostPort' },
      { kind: 'plain', text: ':' },
      { kind: 'plain', text: ' ' },
      { kind: 'number', text: '8080' },
      { kind: 'comment', text: ' # bell' },
    ]);
  });

  test('never lose a character', () => {
    fc.assert(
      fc.property(fc.string(), (line) => {
        expect(
          highlightLine(line)
            .map((segment) => segment.text)
            .join(''),
        ).toBe(line);
      }),
    );
  });
});

test('a table of kubectl is cut where its heading’s words begin', () => {
  const text = 'NAME   READY   NOMINATED NODE\nweb    1/1     <none>\nlong   0/1     node1\n';
  expect(cut(text)).toEqual({
    head: ['NAME', 'READY', 'NOMINATED NODE'],
    rows: [
      ['web', '1/1', '<none>'],
      ['long', '0/1', 'node1'],
    ],
  });
});

test('edits are made from the end, so that ranges stay true', () => {
  const at = (line: number, start: number, end: number) => ({
    start: { line, character: start },
    end: { line, character: end },
  });
  const edits = [
    { range: at(0, 0, 1), newText: 'AAA' },
    { range: at(1, 2, 3), newText: '' },
  ];
  expect(applyEdits('abc\ndef\n', edits)).toBe('AAAbc\nde\n');
});

test('a marker is found at its characters and nowhere else', () => {
  const range = { start: { line: 2, character: 4 }, end: { line: 2, character: 8 } };
  const marker = { id: 'a', range, severity: 'error', message: '', source: '', fixes: [] } as const;
  expect(markersAt([marker], 2, 4)).toEqual(['a']);
  expect(markersAt([marker], 2, 3)).toEqual([]);
  expect(markersAt([marker], 1, 5)).toEqual([]);
});

describe('a link to the playground', () => {
  const presets = [{ id: 'a', title: 'A', file: 'a.yaml', text: 'a', world: 'w2' }];
  const props = {
    worlds: [
      { name: 'w1', nodes: [] },
      { name: 'w2', nodes: [] },
    ],
    presets,
    world: 'w1',
    preset: 'a',
  };

  test('says again what it was made from', () => {
    fc.assert(
      fc.property(
        fc.record({ world: fc.string(), text: fc.string(), script: fc.string() }, { requiredKeys: [] }),
        (wish) => {
          expect(readWish(wishFragment(wish))).toEqual(wish);
        },
      ),
    );
  });

  test('brings a manifest, its world and what has been typed', async () => {
    expect(await fulfil(props, { manifest: 'a', script: 'kubectl get pods\n@n1 ss' })).toMatchObject({
      world: 'w2',
      preset: 'a',
      actions: [
        { kind: 'run', place: 'client', line: 'kubectl get pods' },
        { kind: 'run', place: 'n1', line: 'ss' },
      ],
    });
  });

  test('changes nothing where it asks for what does not exist', async () => {
    expect(await fulfil(props, { world: 'nowhere', manifest: 'nothing' })).toMatchObject({ world: 'w1', preset: 'a' });
  });
});

test('times and names are short enough to read', () => {
  expect(clockText(2_652_999)).toBe('00:44:12');
  expect(shorten('cms-daq-workshop-gml7jxg5oxyf-node-2', 20)).toBe('cms-daq-w…xyf-node-2');
});
