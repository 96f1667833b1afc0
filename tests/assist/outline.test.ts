import { describe, expect, test } from 'vitest';
import { nodesBelow, pathTo } from '@/assist/outline/node';
import { readOutline } from '@/assist/outline/read';

/** Every node as `path = value`, words with a `?`. */
function shape(text: string): string[][] {
  return readOutline(text).map(({ root }) =>
    [...nodesBelow(root)].map(
      (node) => `${pathTo(node).join('.')}${node.word ? '?' : ''}${node.value === '' ? '' : ` = ${node.value}`}`,
    ),
  );
}

describe('the outline of a text', () => {
  test('follows indentation, with lists as far out as their key', () => {
    expect(
      shape(
        'spec:\n  containers:\n  - name: web # the one\n    ports:\n    - containerPort: 80\n  hostNetwork: true\n',
      ),
    ).toEqual([
      [
        'spec',
        'spec.containers',
        'spec.containers.0',
        'spec.containers.0.name = web',
        'spec.containers.0.ports',
        'spec.containers.0.ports.0',
        'spec.containers.0.ports.0.containerPort = 80',
        'spec.hostNetwork = true',
      ],
    ]);
  });

  test('takes a half-typed word for what may become a key', () => {
    expect(shape('spec:\n  containers:\n    - name: web\n      ima\n    - po\n')).toEqual([
      [
        'spec',
        'spec.containers',
        'spec.containers.0',
        'spec.containers.0.name = web',
        'spec.containers.0.ima?',
        'spec.containers.1 = po',
        'spec.containers.1.po?',
      ],
    ]);
  });

  test('reads brackets, closed or not, over lines', () => {
    expect(shape('ports: [{containerPort: 80, "hostPort": 81}, {host')[0]).toEqual([
      'ports = [{containerPort: 80, "hostPort": 81}, {host',
      'ports.0 = {',
      'ports.0.containerPort = 80',
      'ports.0.hostPort = 81',
      'ports.1 = {',
      'ports.1.host?',
    ]);
    expect(shape('a: [b,\n  c]\nd: e')[0]).toEqual(['a = [b,', 'a.0 = b', 'a.1 = c', 'd = e']);
  });

  test('passes over text blocks and comments, and cuts documents at separators', () => {
    expect(shape('a: |\n  b: c\n\n  d: e\n# f: g\nh: i\n---\nj: k\n')).toEqual([['a = |', 'h = i'], ['j = k']]);
  });

  test('knows where keys and values stand', () => {
    const [document] = readOutline('ports:\n- containerPort: 80\n');
    const port = document && [...nodesBelow(document.root)].at(-1);
    expect(port?.range).toEqual({ start: { line: 1, character: 2 }, end: { line: 1, character: 15 } });
    expect(port?.valueRange).toEqual({ start: { line: 1, character: 17 }, end: { line: 1, character: 19 } });
  });
});
