import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cluster } from '../run';

const run = cluster('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  labels: {app: web}\ndata:\n  a: "1"\n');

/** Pieces that such texts are made of, in any order, and any characters between them. */
const pieces: Readonly<Record<string, readonly string[]>> = {
  'go-template':
    '{{|}}|{{- | -}}|.|$|$x|:=|=|(|)|"a"|"|`|\'a\'|/*|*/|if |range |with |define "T"|template "T" |block "T" .|{{end}}|{{else}}|{{break}}|.metadata|.data.a|.zz.y|index |slice |len |printf "%d%s%q" |html |js |eq |lt |and |or |not |call |exists |base64decode |print |nil|true|1|-3|1.5|1e400|0x|08|1i|99999999999999999999|, |\n'
      .split('|')
      .concat(' | '),
  jsonpath:
    '{|}|.|..|[|]|[*]|[0]|[-1:]|[1:2:0]|?(|@|)|==|<|>=|"a"|\'a\'|"|range |end|metadata|data|labels|a|$|*|,|\\.|1|-|/|(|\n'.split(
      '|',
    ),
  'custom-columns': 'A:|B|:|,|.|{|}|[|]|[0]|[*]|?(|@|)|metadata|name|data|a|labels|..|"|1|-| '.split('|'),
};

// What kubectl says of any text is its own: an error of the program itself would reach the caller and fail the test.
describe('any text of -o', () => {
  it.each(Object.entries(pieces))('%s', (format, words) => {
    const piece = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...words) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 2 }) },
    );
    const open = fc.constantFrom('', format === 'go-template' ? '{{' : format === 'jsonpath' ? '{.' : 'A:.');
    const texts = fc.tuple(open, fc.array(piece, { maxLength: 12 })).map(([start, rest]) => start + rest.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const { stderr, code } = run(['get', 'cm', 'c', `--output=${format}=${text}`]);
        expect(code === 0 ? stderr : stderr.slice(0, 7)).toBe(code === 0 ? '' : 'error: ');
      }),
      { seed: 1836, numRuns: 250 },
    );
  });
});
